package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What players measure of the frames on their screens is what {@code /api} and {@code /metrics} tell, by each transport. */
class LatencyIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TRANSPORTS = List.of("webrtc", "websocket", "mjpeg");

    /** A page reports every 10 s, and begins with that when its clock is compared. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Figures are rounded to thousandths of a millisecond. */
    private static final Offset<Double> ROUNDED = within(0.001);

    /**
     * A player for each transport. Of each it is kept what was reported first and what its figures were then, and no second report
     * is let through, so that both can be compared with what the server tells. Players are known by their viewer keys: two that paint
     * at the same moments have the same figures.
     */
    private static final String PLAYERS = """
            transports => {
              window.told = {};
              const ask = window.fetch;
              const names = {};
              const keyOf = (address) => new URL(address, location.href).searchParams.get('viewer');
              const watched = (name, address) => names[keyOf(address)] = name;
              window.WebSocket = class extends WebSocket {
                constructor(address, protocols) {
                  super(address, protocols);
                  watched('websocket', address);
                }
              };
              window.fetch = (address, how) => {
                if (String(address).includes('/whep?')) watched('webrtc', address);
                if (String(address).includes('/mjpeg?')) watched('mjpeg', address);
                if (!String(address).includes('/latency?')) return ask(address, how);
                const report = JSON.parse(how.body);
                const own = [...document.querySelectorAll('sightline-player')].find(({ statistics, dataset }) =>
                  dataset.name === names[keyOf(address)] && !told[dataset.name]
                    && Math.abs(statistics.ageMedian - report.total.p50) < 0.001
                    && Math.abs(statistics.ageMost - report.total.p95) < 0.001);
                if (!own) return Promise.resolve(new Response());
                const { ageMedian, ageMost, split } = own.statistics;
                told[own.dataset.name] = { report, ageMedian, ageMost, split };
                return ask(address, how).then((answer) => {
                  told[own.dataset.name].status = answer.status;
                  return answer;
                });
              };
              document.body.innerHTML = transports.map((name) => '<sightline-player stream="demo" data-name="' + name
                + '" transport="' + name + '" style="width: 320px"></sightline-player>').join('');
              const script = document.createElement('script');
              script.type = 'module';
              script.src = '/assets/sightline-player.js';
              document.body.append(script);
            }""";

    private final Browser browser = Browser.start();
    private Page page;

    @BeforeEach
    void open() {
        page = browser.page(1280, 800);
    }

    @AfterEach
    void close() {
        browser.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void apiAndMetrics_viewersByEachTransport_tellWhatTheirPagesShow() {
        try (SightlineServer server = Sightline.server().port(0).webRtcPort(0).stream(
                        "demo", stream -> stream.source("pattern:320x240@15").process("motion:bottom=0.9"))
                .start()) {
            Api api = new Api(server.address());
            page.navigate(server.address() + "health");
            page.evaluate(PLAYERS, TRANSPORTS);
            Await.until(
                    "reports",
                    PATIENCE,
                    () -> TRANSPORTS.stream()
                            .allMatch(each -> told(each).path("status").asInt() == 202));

            long frames = 0;
            for (String transport : TRANSPORTS) {
                JsonNode viewer = viewer(api, transport);
                assertTold(told(transport), viewer.path("latency"));
                assertThat(metric(api, "sightline_viewer_latency_seconds_count", "", viewer))
                        .isEqualTo(count(viewer, "total"));
                assertThat(metric(api, "sightline_viewer_stage_seconds_count", "stage=\"network\",", viewer))
                        .isEqualTo(count(viewer, "network"));
                frames += count(viewer, "total");
            }
            assertStream(api, frames);

            page.navigate("about:blank");
            Await.until("nobody watches", () -> viewers(api).isEmpty());
            assertThat(metrics(api)).doesNotContain("sightline_viewer_latency_seconds_count{");
            assertThat(api.metric("sightline_stream_latency_seconds_count{stream=\"demo\"}"))
                    .isEqualTo(frames);
        }
    }

    /** The page shows p50 and p95 of all, and medians of the parts. */
    private static void assertTold(JsonNode page, JsonNode latency) {
        JsonNode report = page.path("report");
        assertThat(latency.path("uncertainty").asDouble())
                .isEqualTo(report.path("uncertainty").asDouble());
        assertThat(latency.path("total").path("p50").asDouble())
                .isCloseTo(page.path("ageMedian").asDouble(), ROUNDED)
                .isPositive();
        assertThat(latency.path("total").path("p95").asDouble())
                .isCloseTo(page.path("ageMost").asDouble(), ROUNDED);
        for (String part : List.of("network", "display")) {
            assertThat(latency.path(part).path("p50").asDouble())
                    .as(part)
                    .isCloseTo(Math.max(0, page.path("split").path(part).asDouble()), ROUNDED);
        }
        for (String part : List.of("total", "network", "display")) {
            assertThat(latency.path(part).path("counts"))
                    .isEqualTo(report.path(part).path("counts"));
            assertThat(latency.path(part).path("count").asLong()).as(part).isGreaterThan(20);
        }
        assertThat(page.path("split").path("encode").asDouble(-1))
                .as("the encoder's part, also by WebRTC")
                .isPositive();
    }

    private static void assertStream(Api api, long frames) {
        JsonNode latency = api.stream("demo").path("latency");
        assertThat(latency.path("total").path("count").asLong()).isEqualTo(frames);
        assertThat(latency.path("total").path("p50").asDouble()).isPositive();
        assertThat(api.metric("sightline_stream_latency_seconds_count{stream=\"demo\"}"))
                .isEqualTo(frames);
        for (String stage : List.of("source", "pipeline", "encode")) {
            long count = latency.path(stage).path("count").asLong();
            assertThat(count).as(stage).isGreaterThan(20);
            assertThat(api.metric("sightline_stream_stage_seconds_count{stage=\"" + stage + "\",stream=\"demo\"}"))
                    .isGreaterThanOrEqualTo(count);
        }
    }

    /** Of the only viewer by this one's transport. */
    private static double metric(Api api, String name, String label, JsonNode viewer) {
        String begin = name + "{" + label + "stream=\"demo\",transport=\""
                + viewer.path("transport").asString() + "\",viewer=\"";
        return metrics(api)
                .lines()
                .filter(line -> line.startsWith(begin))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + begin));
    }

    private static long count(JsonNode viewer, String part) {
        return viewer.path("latency").path(part).path("count").asLong();
    }

    private static JsonNode viewer(Api api, String transport) {
        return viewers(api).stream()
                .filter(each -> each.path("transport").asString().equals(transport))
                .filter(each -> each.has("latency"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> viewers(Api api) {
        return api.json("/api/streams/demo/viewers").valueStream().toList();
    }

    private static String metrics(Api api) {
        return api.send("GET", "/metrics", "", java.util.Map.of()).body();
    }

    /** Of a transport's player. */
    private JsonNode told(String transport) {
        return JSON.readTree((String) page.evaluate("name => JSON.stringify(told[name] ?? {})", transport));
    }
}
