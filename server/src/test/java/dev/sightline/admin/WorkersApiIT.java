package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Need;
import dev.sightline.http.Routes;
import dev.sightline.testkit.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The addresses about worker processes, over HTTP. */
class WorkersApiIT {
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();
    private final Routes routes = new Routes();
    private HttpServer server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        quarantined.add("door");
        WorkersApi.addTo(routes, List::of, quarantined::remove);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> false);
        api = new Api(URI.create("http://127.0.0.1:" + server.address().getPort()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void release_streamInQuarantine_letsItOutOnce() {
        HttpResponse<String> first = release("door", Map.of());
        HttpResponse<String> second = release("door", Map.of());

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.body()).contains("no stream 'door' is in quarantine");
    }

    @Test
    void release_withoutLoginThroughAProxy_isRefused() {
        assertThat(release("door", Map.of("X-Forwarded-For", "192.0.2.1")).statusCode())
                .isEqualTo(403);
        assertThat(quarantined).containsExactly("door");
    }

    @Test
    void everyAddress_needsAllRights() {
        assertThat(routes.rows()).hasSize(2).extracting(Routes.Row::need).containsOnly(Optional.of(Need.admin()));
    }

    private HttpResponse<String> release(String stream, Map<String, String> fields) {
        return api.send("DELETE", "/api/workers/quarantine/" + stream, "", fields);
    }
}
