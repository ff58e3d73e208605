package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The room as a browser or a program meets it: over HTTP, from a server with one live stream. */
class AdminIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final StreamRegistry STREAMS = new StreamRegistry();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        Routes routes = new Routes();
        Admin.addTo(routes, STREAMS, new Unconfigured(), new Metrics(), "1.2.3");
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> false);
        Pipeline pipeline = Pipeline.of(List.of(new NamedProcessor("nothing", () -> frame -> {})));
        SourceSchemes schemes = new SourceSchemes(List.of(new PatternScheme()));
        LiveStream stream = STREAMS.start(
                "front-door", schemes.source("pattern:320x240@30", SourceOptions.DEFAULTS), pipeline, false);
        Await.until("live", () -> stream.status().state() == StreamState.LIVE);
    }

    @AfterAll
    static void stop() {
        STREAMS.close();
        server.close();
    }

    @Test
    void streams_listed_withEverythingTheDesignPromises() throws Exception {
        JsonNode list = json(get("/api/streams"));

        assertThat(list.isArray()).isTrue();
        assertThat(list).hasSize(1);
        JsonNode stream = list.get(0);
        assertThat(stream.propertyNames())
                .contains(
                        "name",
                        "source",
                        "state",
                        "since",
                        "width",
                        "height",
                        "fps",
                        "viewers",
                        "dropped",
                        "processors",
                        "renditions")
                .doesNotContain("reason");
        assertThat(stream.get("name").stringValue()).isEqualTo("front-door");
        assertThat(stream.get("source").stringValue()).isEqualTo("pattern:320x240@30");
        assertThat(stream.get("state").stringValue()).isEqualTo("LIVE");
        assertThat(stream.get("width").intValue()).isEqualTo(320);
        assertThat(stream.get("height").intValue()).isEqualTo(240);
        assertThat(stream.get("dropped").propertyNames())
                .containsExactlyInAnyOrder("pipeline", "encoders", "viewers", "broken", "withheld");
        assertThat(stream.get("processors").get(0).get("name").stringValue()).isEqualTo("nothing");
        assertThat(Instant.parse(stream.get("since").stringValue())).isBefore(Instant.now());
    }

    @Test
    void stream_known_isTheListsEntry() throws Exception {
        assertThat(json(get("/api/streams/front-door")).get("name").stringValue())
                .isEqualTo("front-door");
    }

    @Test
    void stream_unknown_isAProblemWithTheNearestName() throws Exception {
        HttpResponse<String> answer = get("/api/streams/frontdoor");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("there is no stream 'frontdoor'; did you mean 'front-door'?");
        assertThat(problem.get("nearest").get(0).stringValue()).isEqualTo("front-door");
    }

    @Test
    void time_isOfTheClockThatCaptureTimesAreToldBy() throws Exception {
        double before = CaptureClock.toMillis(CaptureClock.system().nanos());
        HttpResponse<String> answer = get("/api/time");
        double after = CaptureClock.toMillis(CaptureClock.system().nanos());

        assertThat(answer.body()).matches("\\{\"now\":\\d{13}\\.\\d{3}}");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json(answer).get("now").doubleValue()).isBetween(before, after);
    }

    @Test
    void index_namesAddressesThatAnswer() throws Exception {
        for (String address : json(get("/api")).propertyNames()) {
            String path = address.replace("{name}", "front-door");
            // Those of the transports, of something that is not there, and one that never ends.
            if (!path.matches("/live/front-door/.*|/api/webrtc.*|.*\\{.*|.*/publisher|/api/events|/api/probe")) {
                assertThat(get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void version_isThatOfTheBuild() throws Exception {
        assertThat(json(get("/api/version")).get("version").stringValue()).isEqualTo("1.2.3");
    }

    @Test
    void health_countsStreamsByState() throws Exception {
        JsonNode health = json(get("/health"));

        assertThat(health.get("status").stringValue()).isEqualTo("up");
        assertThat(health.get("streams").get("LIVE").intValue()).isEqualTo(1);
        assertThat(health.get("streams").get("OFFLINE").intValue()).isZero();
    }

    @Test
    void metrics_areOfTheStreamAndTheProcess() throws Exception {
        HttpResponse<String> page = get("/metrics");

        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(page.body())
                .contains("sightline_stream_state{state=\"LIVE\",stream=\"front-door\"} 1.0\n")
                .contains("sightline_build_info{version=\"1.2.3\"} 1.0\n")
                .contains("sightline_event_loop_longest_turn_seconds{loop=\"sightline-http-")
                .contains("sightline_connection_delays_total{of=\"requests\"} ")
                .contains("sightline_http_requests_total{status=\"200\"} ")
                .contains("process_uptime_seconds ");
    }

    @Test
    void pages_knownToTheBrowser_areNotSentAgain() throws Exception {
        for (String path : List.of("/", "/live/front-door", "/assets/player/painter.js", "/favicon.ico")) {
            HttpResponse<String> first = get(path);
            assertThat(first.statusCode()).as(path).isEqualTo(200);
            String tag = first.headers().firstValue("ETag").orElseThrow();

            HttpResponse<String> second = get(path, "If-None-Match", tag);

            assertThat(second.statusCode()).as(path).isEqualTo(304);
            assertThat(second.body()).isEmpty();
        }
    }

    @Test
    void pages_allowNothingFromElsewhere() throws Exception {
        for (String path : List.of("/", "/live/front-door")) {
            HttpResponse<String> page = get(path);

            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'; script-src 'self'");
            assertThat(page.body())
                    .doesNotContain("http://")
                    .doesNotContain("https://")
                    .doesNotContain("style=");
        }
    }

    @Test
    void live_unknownName_isAPageForPeopleAndAProblemForPrograms() throws Exception {
        HttpResponse<String> page = get("/live/nobody", "Accept", "text/html,*/*;q=0.8");
        HttpResponse<String> problem = get("/live/nobody");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("<sightline-player");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void live_slashAtTheEnd_leadsToTheAddressWithout() throws Exception {
        HttpResponse<String> answer = get("/live/front-door/");

        assertThat(answer.statusCode()).isEqualTo(302);
        URI target = uri("/live/front-door/")
                .resolve(answer.headers().firstValue("Location").orElseThrow());
        assertThat(target.getPath()).isEqualTo("/live/front-door");
    }

    @Test
    void live_nameWithALineBreak_addsNoHeaderField() throws Exception {
        HttpResponse<String> answer = get("/live/x%0d%0aSet-Cookie:%20a=b/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(answer.headers().firstValue("Location")).hasValue("../x%0D%0ASet-Cookie%3A%20a%3Db");
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
