package dev.sightline.transport.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A program watches by MJPEG and tells how old the frames on its screen are; the page does so in {@code LatencyIT}. */
class LatencyTransportIT {
    private static final String KEY = "a-program-s-own-key";
    private static final String FRIEND = "https://friend.example";
    private static final String REPORT = """
            {"uncertainty": 0.4, "total": {"p50": 30, "p95": 30, "sum": 30, "counts": [0,0,0,0,0,0,1,0,0,0,0,0,0,0]}}""";

    private SightlineServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = Sightline.server().port(0).allowedOrigins(FRIEND).stream(
                        "cam",
                        stream -> stream.source("pattern:160x120@30")
                                .socketIo(events -> events.withOut(PictureEvent.named("frame"))))
                .stream("me", stream -> stream.source("mirror:"))
                .start();
        api = new Api(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void post_ofAViewer_isToldInItsStatus_andTheNextComesLater() throws Exception {
        try (InputStream watching = watch()) {
            assertThat(watching.read()).isNotNegative();
            HttpResponse<String> taken = post("cam", KEY, REPORT, Map.of());
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
            JsonNode latency = viewers().path(0).path("latency");
            assertThat(latency.path("total").path("p50").asDouble()).isEqualTo(30);
            assertThat(latency.path("network").path("count").asInt(-1)).isZero();
            assertThat(latency.path("network").has("p50")).isFalse();

            Await.until(
                    "two come soon after each other",
                    () -> post("cam", KEY, REPORT, Map.of())
                            .headers()
                            .firstValue("Retry-After")
                            .equals(Optional.of("2")));
            assertThat(api.metric("sightline_http_requests_total{status=\"429\"}"))
                    .isPositive();
        }
        Await.until("it has left", () -> viewers().isEmpty());
        assertThat(post("cam", KEY, REPORT, Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void post_ofAClientOfSocketIo_isToldInItsStatus() {
        try (NodeClient client = NodeClient.start(server.address(), """
                const socket = io(url, { auth: { stream: 'cam', viewer: '%s' } });
                await once(socket, 'frame');
                say('watches');
                """.formatted(KEY))) {
            assertThat(client.await("watches")).isEqualTo("watches");
            assertThat(post("cam", KEY, REPORT, Map.of()).statusCode()).isEqualTo(202);
            assertThat(viewers().path(0).path("transport").asString()).isEqualTo("socketio");
            assertThat(viewers()
                            .path(0)
                            .path("latency")
                            .path("total")
                            .path("count")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void post_tooMuch_orNonsense_orElsewhere_isRefused() throws Exception {
        try (InputStream watching = watch()) {
            assertThat(watching.read()).isNotNegative();
            assertThat(post("cam", KEY, " ".repeat(2_049), Map.of()).statusCode())
                    .isEqualTo(413);
            assertThat(post("me", KEY, REPORT, Map.of()).statusCode()).isEqualTo(403);
            assertThat(post("cm", KEY, REPORT, Map.of()).statusCode()).isEqualTo(404);
            assertThat(post("cam", "another-program-s-key", REPORT, Map.of()).body())
                    .contains("nobody watches this stream with that viewer key");
            assertThat(post("cam", KEY, REPORT, Map.of("Origin", "https://stranger.example"))
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> nonsense = post("cam", KEY, REPORT.replace("30", "-30"), Map.of("Origin", FRIEND));
            assertThat(nonsense.statusCode()).isEqualTo(400);
            assertThat(nonsense.body())
                    .contains("a report of latency cannot be used: total.p50 is a number of milliseconds, 0 to 60000");
            assertThat(viewers().path(0).has("latency")).isFalse();
        }
    }

    private InputStream watch() throws Exception {
        URI address = server.address().resolve("/live/cam/mjpeg?viewer=" + KEY);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream())
                .body();
    }

    private HttpResponse<String> post(String stream, String key, String body, Map<String, String> fields) {
        return api.send("POST", "/live/" + stream + "/latency?viewer=" + key, body, fields);
    }

    private JsonNode viewers() {
        return api.json("/api/streams/cam/viewers");
    }
}
