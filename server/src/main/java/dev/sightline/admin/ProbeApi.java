package dev.sightline.admin;

import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import java.util.Map;

/** The part of the control API that tries a source before it becomes a stream: {@code POST /api/probe {"source": …}}. */
final class ProbeApi {
    private final Configuration configuration;

    ProbeApi(Configuration configuration) {
        this.configuration = configuration;
    }

    void addTo(Routes routes) {
        routes.later("POST", "/api/probe", request -> {
            LocalOnly.check(request);
            return configuration.probe(source(request)).thenApply(found -> Api.fresh(Response.json(found)));
        });
        routes.describe("POST", "/api/probe", ConfigurationOperations.PROBE).needs("/api/probe", Need.admin());
    }

    private static String source(Request request) {
        Map<String, Object> body = ConfigurationApi.body(request);
        if (!(body.get("source") instanceof String source) || source.isBlank() || body.size() != 1) {
            throw new ProblemException(Problem.of(422, "the body is {\"source\": \"ADDRESS\"}"));
        }
        return source;
    }
}
