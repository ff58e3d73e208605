package dev.sightline.admin;

import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;

/** The addresses of this room. */
public final class Admin {
    private Admin() {}

    /**
     * Adds the web UI, the API, {@code /health} and {@code /metrics}.
     *
     * @param version of this build, for people
     */
    public static void addTo(Routes routes, StreamRegistry streams, Metrics metrics, String version) {
        metrics.add(new StreamMetrics(streams, version)::read);
        metrics.add(LoopMetrics::read);
        new Pages(streams).addTo(routes);
        new Api(streams, version).addTo(routes);
        new Health(streams).addTo(routes);
        routes.get("/metrics", request -> {
            Metrics.Page page = metrics.read(request.header("Accept").orElse(""));
            return Api.fresh(Response.bytes(page.contentType(), page.text()));
        });
    }
}
