package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.PatternNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was found in a picture, drawn over exactly that picture by the page; the finder itself draws nothing. */
class OverlayIT {
    private static final Optional<String> SCREENS = Optional.ofNullable(System.getProperty("sightline.screens"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The page shows a picture pixel for pixel. From one to the next the marker moves by 4.6 pixels. */
    private static final int WIDTH = 320;

    private static final int HEIGHT = 180;
    private static final int FPS = 30;

    /** Draws 50 boxes a thousand times: the milliseconds that the median, the mean and 95 % took. */
    private static final String DRAW = """
            (async () => {
              const { draw } = await import('/assets/player/overlay/draw.js');
              const { shapes } = await import('/assets/player/overlay/shapes.js');
              const detections = Array.from({ length: 50 }, (_, i) => ({
                label: ['person', 'car', 'dog', 'face'][i % 4], score: i / 50, id: String(i),
                box: [(i % 10) / 10, Math.floor(i / 10) / 5, 0.08, 0.15] }));
              const context = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 }).getContext('2d');
              const all = { x: 0, y: 0, width: 1280, height: 720 };
              const times = [];
              for (let i = 0; i < 1000; i++) {
                const before = performance.now();
                context.clearRect(0, 0, 1280, 720);
                draw(context, shapes({ detections }), all, all, 1);
                times.push(performance.now() - before);
                await (i % 10 || new Promise(requestAnimationFrame)); // as nobody draws more often than that
              }
              const mean = times.reduce((sum, time) => sum + time) / 1000;
              times.sort((one, other) => one - other);
              return { median: times[499], mean, most: times[949] };
            })()""";

    private final Browser browser = Browser.start();
    private Page page;

    @BeforeEach
    void open() {
        page = browser.page(WIDTH, HEIGHT);
    }

    @AfterEach
    void close() {
        browser.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void control_thereIsSomethingToDraw_switchesTheBoxesAndIsRemembered() {
        try (SightlineServer server = serve()) {
            page.setViewportSize(1280, 800);
            page.navigate(server.address() + "live/nothing?transport=websocket");
            Await.until("pictures", () -> is("document.querySelector('sightline-player').seq > 20"));
            assertThat(page.locator("#boxes").isVisible()).isFalse();

            watch(server, "transport=websocket");
            assertThat(pressed()).isEqualTo("true");
            page.locator("#boxes").focus();
            page.keyboard().press("Enter");
            assertThat(pressed()).isEqualTo("false");
            assertThat(is("player().statistics.drawn === 0")).isTrue();
            page.keyboard().press("b");
            assertThat(pressed()).isEqualTo("true");
            page.keyboard().press("b");

            page.reload();
            Await.until("the control", () -> page.locator("#boxes").isVisible());
            Await.until("it is remembered", () -> pressed().equals("false"));
            page.navigate(server.address() + "live/burnt?transport=websocket");
            Await.until("the control", () -> page.locator("#boxes").isVisible());
            assertThat(pressed()).as("of a step that draws itself").isEqualTo("false");
        }
    }

    /** Each is told when its picture is on the canvas: the number that is painted in that is its own. */
    @ParameterizedTest
    @ValueSource(strings = {"webrtc", "websocket", "mjpeg"})
    void frameEvents_everyTransport_areInStepWithTheScreen(String transport) throws IOException {
        try (SightlineServer server = serve()) {
            watch(server, "transport=" + transport);
            page.evaluate("() => {" + script() + """
                      window.told = [];
                      const small = new OffscreenCanvas(320, 180).getContext('2d', { willReadFrequently: true });
                      player().addEventListener('frame', ({ detail }) => {
                        small.drawImage(player().canvas, 0, 0, 320, 180);
                        told.push({ ...detail, painted: readPatternNumber(small.getImageData(0, 0, 320, 180)) });
                      });
                    }""");
            Await.until("frames", PATIENCE, () -> is("told.length >= 40"));
            assertThat(is("told.every(({ seq, painted }) => seq === painted)"))
                    .as("numbers: %s", page.evaluate("JSON.stringify(told.map(({ seq, painted }) => [seq, painted]))"))
                    .isTrue();
            assertThat(is("told.every((frame) => Object.keys(frame).join() === 'seq,captureTime,metadata,painted')"))
                    .isTrue();
        }
    }

    @Test
    void draw_fiftyBoxes_takesLessThanAMillisecond() {
        try (SightlineServer server = serve()) {
            page.navigate(server.address().toString());
            Map<?, ?> measured = (Map<?, ?>) page.evaluate(DRAW);
            System.out.println("50 boxes, milliseconds a draw: " + measured);
            assertThat(((Number) measured.get("median")).doubleValue()).isLessThan(1);
        }
    }

    @Test
    void screens() {
        SCREENS.ifPresent(to -> {
            try (SightlineServer server = serve()) {
                for (List<Integer> size : List.of(List.of(1280, 800), List.of(360, 740))) {
                    page.setViewportSize(size.get(0), size.get(1));
                    watch(server, "transport=webrtc");
                    page.screenshot(
                            new Page.ScreenshotOptions().setPath(Path.of(to, "overlay-" + size.get(0) + ".png")));
                }
            }
        });
    }

    private static SightlineServer serve() {
        String pattern = "pattern:%dx%d@%d".formatted(WIDTH, HEIGHT, FPS);
        return Sightline.server().port(0).webRtcPort(0).stream(
                        "demo", stream -> stream.source(pattern).process("motion:draw=false:bottom=0.9"))
                .stream("burnt", stream -> stream.source(pattern).process("motion:bottom=0.9"))
                .stream("nothing", stream -> stream.source(pattern))
                .start();
    }

    /** Until boxes are drawn and the controls have stepped back. */
    private void watch(SightlineServer server, String how) {
        page.navigate(server.address() + "live/demo?" + how);
        page.evaluate("window.player = () => document.querySelector('sightline-player')");
        Await.until("a box", PATIENCE, () -> is("player().statistics.drawn > 0"));
        page.evaluate("document.getElementById('stage').classList.add('idle')"); // as it is three seconds later
        Await.until("unseen controls", () -> is("getComputedStyle(document.querySelector('.bar')).opacity === '0'"));
    }

    private static String script() throws IOException {
        try (InputStream script = PatternNumber.class.getResourceAsStream("pattern-number.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String pressed() {
        return page.locator("#boxes").getAttribute("aria-pressed");
    }

    private String evaluate(String script) {
        return (String) page.evaluate(script);
    }

    private boolean is(String condition) {
        return Boolean.TRUE.equals(page.evaluate(condition));
    }
}
