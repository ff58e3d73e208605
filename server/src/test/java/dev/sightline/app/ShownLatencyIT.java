package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.HttpMjpegServer;
import dev.sightline.testkit.PatternNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latency that the player shows, against the truth: a camera paints numbers into its pictures and knows when each was due,
 * and the page looks after every repainting which number is on the screen. That shares nothing with the player's own account:
 * no capture time of the server's, no metadata, no comparison of clocks, which are one here, and no callback of a video. From
 * there a video's picture takes no longer to the compositor's screen, and a canvas at most one repainting (16 ms).
 */
@Tag("pace")
class ShownLatencyIT {
    private static final Logger LOG = LoggerFactory.getLogger(ShownLatencyIT.class);
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FPS = 30;
    private static final double INTERVAL_MILLIS = 1_000.0 / FPS;

    /** A short look on a busy machine has a handful of pictures above the 95th percentile, each a repainting sooner or later. */
    private static final double MOST_INTERVALS = LONG ? 1 : 2;

    /** So far back look the figures that the player shows. */
    private static final double PERIOD_MILLIS = 10_000;

    /** Of those that are due meanwhile: fewer would say little of the others. */
    private static final int LEAST_PICTURES = (int) (PERIOD_MILLIS / INTERVAL_MILLIS * 0.7);

    /** Since the first picture: what came while the page was loaded, and busy, no longer counts then. */
    private static final double PLAYED_MILLIS = PERIOD_MILLIS + (LONG ? 30_000 : 2_000);

    /** Notes each number that appears on the screen, after the repainting that brought it: other tasks come after that. */
    private static final String LOOK = """
            window.seen = [];
            addEventListener('load', () => {
              const small = new OffscreenCanvas(320, 180).getContext('2d', { willReadFrequently: true });
              const repainted = new MessageChannel();
              let last = null;
              const surface = (root) => root?.querySelector('canvas.copy:not([hidden])')
                  ?? root?.querySelector('video:not(.waiting)') ?? root?.querySelector('canvas:not(.overlay, [hidden])');
              repainted.port1.onmessage = () => {
                const at = Date.now();
                const shown = surface(document.querySelector('sightline-player')?.shadowRoot);
                if (shown) {
                  small.drawImage(shown, 0, 0, 320, 180);
                  const number = readPatternNumber(small.getImageData(0, 0, 320, 180));
                  if (number !== null && number !== last) seen.push({ number: last = number, at });
                }
              };
              requestAnimationFrame(function look() {
                requestAnimationFrame(look);
                repainted.port2.postMessage(0);
              });
            });""";

    /** Those that play, by what they watch. */
    private static final Map<String, Page> PAGES = new HashMap<>();

    private static final List<Browser> BROWSERS = new ArrayList<>();

    private static HttpMjpegServer camera;
    private static SightlineServer server;

    @BeforeAll
    static void start() throws IOException {
        camera = HttpMjpegServer.start(320, 180, FPS);
        server = Sightline.server().port(0).webRtcPort(0).stream("plain", stream -> stream.source(camera.url())).stream(
                        "boxes", stream -> stream.source(camera.url()).process(Finder::new))
                .start();
        if (!LONG) { // all play at the same time, since each takes a quarter of a minute
            for (String how : watched()) {
                PAGES.put(how, open(how));
            }
        }
    }

    @AfterAll
    static void close() {
        BROWSERS.forEach(Browser::close);
        server.close();
        camera.close();
    }

    /** Each in a window of its own: of the others in a window Chromium paints little. */
    private static Page open(String how) throws IOException {
        Browser browser = Browser.start();
        BROWSERS.add(browser);
        Page page = browser.page(320, 180);
        page.addInitScript(script() + LOOK);
        page.navigate(server.address() + "live/" + how);
        return page;
    }

    private static List<String> watched() {
        List<String> each =
                List.of("plain?transport=webrtc&codec=vp8", "plain?transport=websocket", "plain?transport=mjpeg");
        List<String> others = List.of(
                "plain?transport=webrtc&codec=h264", "boxes?transport=webrtc&codec=vp8", "boxes?transport=websocket");
        return LONG ? Stream.concat(each.stream(), others.stream()).toList() : each;
    }

    @ParameterizedTest
    @MethodSource("watched")
    void latency_everyTransport_isThatOfThePictureOnTheScreen(String how) throws IOException {
        Page page = PAGES.containsKey(how) ? PAGES.get(how) : open(how);
        Await.until(
                "pictures", PATIENCE, () -> is(page, "seen.length > 0 && Date.now() - seen[0].at > " + PLAYED_MILLIS));

        Map<?, ?> shown = (Map<?, ?>) page.evaluate("(() => { const { ageMedian, ageMost, ageUncertainty } ="
                + " document.querySelector('sightline-player').statistics;"
                + " return { ageMedian, ageMost, ageUncertainty, seen, now: Date.now() }; })()");
        double[] truth = truth(shown);
        String told = "%s: p50 %.1f, truly %.1f; p95 %.1f, truly %.1f; of %d, ± %.1f ms"
                .formatted(
                        how,
                        number(shown, "ageMedian"),
                        percentile(truth, 50),
                        number(shown, "ageMost"),
                        percentile(truth, 95),
                        truth.length,
                        number(shown, "ageUncertainty"));
        page.close();
        LOG.info(told);
        assertThat(BROWSERS).allMatch(browser -> browser.faults().isEmpty());
        assertThat(truth).as(told).hasSizeGreaterThan(LEAST_PICTURES);
        assertThat(Math.abs(number(shown, "ageMedian") - percentile(truth, 50)))
                .as(told)
                .isLessThanOrEqualTo(INTERVAL_MILLIS);
        assertThat(Math.abs(number(shown, "ageMost") - percentile(truth, 95)))
                .as(told)
                .isLessThanOrEqualTo(MOST_INTERVALS * INTERVAL_MILLIS);
    }

    /** How old the pictures of the last seconds were when they appeared, ascending. */
    private static double[] truth(Map<?, ?> shown) {
        double from = number(shown, "now") - PERIOD_MILLIS;
        double epochMillis = System.currentTimeMillis() - System.nanoTime() / 1e6;
        return ((List<?>) shown.get("seen"))
                .stream()
                        .map(seen -> (Map<?, ?>) seen)
                        .filter(seen -> number(seen, "at") >= from)
                        .mapToDouble(seen -> number(seen, "at")
                                - epochMillis
                                - camera.nanoTimeOf((long) number(seen, "number")) / 1e6)
                        .sorted()
                        .toArray();
    }

    /** By the nearest rank. */
    private static double percentile(double[] sorted, int percent) {
        return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
    }

    private static boolean is(Page page, String condition) {
        return Boolean.TRUE.equals(page.evaluate(condition));
    }

    private static double number(Map<?, ?> values, String name) {
        return ((Number) values.get(name)).doubleValue();
    }

    private static String script() throws IOException {
        try (InputStream script = PatternNumber.class.getResourceAsStream("pattern-number.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Finds something in every picture, so that a copy of the video is seen. */
    private static final class Finder implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            frame.metadata().add(new Detection("middle", 1, new Box(0.4, 0.4, 0.2, 0.2)));
        }

        @Override
        public boolean changesPicture() {
            return false;
        }
    }
}
