package dev.sightline.admin;

import dev.sightline.access.Access;
import dev.sightline.http.Need;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import java.util.Optional;
import java.util.function.Predicate;

/** The addresses of this room. */
public final class Admin {
    private Admin() {}

    /**
     * Adds the web UI, the API, {@code /health} and {@code /metrics}.
     *
     * @param configuration what the API reads and changes
     * @param version of this build, for people
     */
    public static void addTo(
            Routes routes, StreamRegistry streams, Configuration configuration, Metrics metrics, String version) {
        metrics.add(new StreamMetrics(streams, version)::read);
        metrics.add(new ViewerMetrics(streams)::read);
        metrics.add(LoopMetrics::read);
        new Pages(streams).addTo(routes);
        new Api(streams, version).addTo(routes);
        new ConfigurationApi(streams, configuration).addTo(routes);
        new ViewersApi(streams).addTo(routes);
        new EventsApi(streams, configuration).addTo(routes);
        new ProbeApi(configuration).addTo(routes);
        new Health(streams).addTo(routes);
        routes.get(
                "/metrics",
                Operation.of(Api.TAG, "readMetrics", "figures for Prometheus")
                        .answers(Content.text("text/plain", "application/openmetrics-text")),
                request -> {
                    Metrics.Page page = metrics.read(request.header("Accept").orElse(""), visible(request.access()));
                    return Api.fresh(Response.bytes(page.contentType(), page.text()));
                });
        routes.needs("/metrics", Need.login());
        new ApiDocument(version, configuration).addTo(routes);
    }

    /** Figures of the whole server are for those who may do everything; of a stream, for those who may see it. */
    private static Predicate<Optional<String>> visible(Access access) {
        return stream -> access.isAdmin() || stream.filter(access::sees).isPresent();
    }
}
