package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.stream.StreamState;
import dev.sightline.stream.StreamStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.RtspServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chromium watches by WHEP, with a page of its own. */
@Tag("pace")
class ChromiumWatchIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final Duration WATCHED = Duration.ofSeconds(LONG ? 60 : 10);
    private static final int WIDTH = 1280;

    /** Of 30, in the middle one of all seconds. */
    private static final int LEAST_IN_A_SECOND = 29;

    /** Over the whole time; a short one may be spoilt by half a second in which the machine did something else. */
    private static final double LEAST_FPS = LONG ? 29 : 27;

    private static final int HEIGHT = WIDTH * 9 / 16;
    private static final Optional<String> SCREENS = Optional.ofNullable(System.getProperty("sightline.screens"));

    private static Browser browser;
    private SightlineServer server;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void start() {
        server = Sightline.server().port(0).stream(
                        "demo", stream -> stream.source("pattern:" + WIDTH + "x" + HEIGHT + "@30"))
                .start();
        open(server);
    }

    private void open(SightlineServer opened) {
        page = browser.page(1280, 800);
        page.navigate("http://127.0.0.1:" + opened.port() + "/api");
        page.addScriptTag(
                new Page.AddScriptTagOptions().setContent(resource("/dev/sightline/testkit/pattern-number.js")));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(resource("watch.js")));
    }

    @AfterEach
    void stop() {
        page.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vp8", "h264"})
    void whep_everyPictureIsTheOneThatItsMetadataTellsOf(String codec) {
        page.evaluate("codec => watch('demo', { codec }).then((seen) => void (window.seen = seen))", codec);
        Await.until("a picture", () -> is("seen.shown.length > 0"));
        Await.until("pictures", WATCHED.multipliedBy(3), () -> is("agreement(seen).span > " + WATCHED.toMillis()));

        Map<String, Number> agreement = agreement();
        assertThat(agreement.get("width").intValue()).isEqualTo(WIDTH);
        assertThat(agreement.get("height").intValue()).isEqualTo(HEIGHT);
        double compared = agreement.get("compared").doubleValue();
        assertThat(compared / agreement.get("shown").doubleValue())
                .as("pictures compared: %s", agreement)
                .isGreaterThan(0.9);
        assertThat(compared * 1000 / agreement.get("span").doubleValue())
                .as("fps: %s", agreement)
                .isGreaterThan(LEAST_FPS);
        assertThat(agreement.get("aSecond").intValue())
                .as("pictures in a second: %s", agreement)
                .isGreaterThanOrEqualTo(LEAST_IN_A_SECOND);
        assertThat(agreement.get("equal").doubleValue() / compared)
                .as("equal: %s", agreement)
                .isGreaterThanOrEqualTo(0.995);
        assertThat(agreement.get("older").intValue()).as("older: %s", agreement).isZero();
        assertThat(agreement.get("newerByMore").intValue())
                .as("newer by more than one: %s", agreement)
                .isZero();
        assertThat(page.evaluate("inbound(seen).then(({ codec }) => codec)"))
                .isEqualTo("video/" + codec.toUpperCase(java.util.Locale.ROOT));
        SCREENS.ifPresent(
                to -> page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(to, "whep-" + codec + ".png"))));
    }

    @Test
    void whep_camerasOwnVideo_isPassedOnAsItCame() {
        try (RtspServer camera = RtspServer.start(WIDTH, HEIGHT, 25);
                SightlineServer passing = Sightline.server().port(0).stream(
                                "camera", stream -> stream.source(camera.url()))
                        .start()) {
            Await.until("the camera is live", () -> status(passing).state() == StreamState.LIVE);
            open(passing);
            page.evaluate("() => watch('camera').then((seen) => void (window.seen = seen))");
            Await.until("pictures", () -> is("seen.shown.length > 50"));

            assertThat(page.evaluate("inbound(seen).then(({ codec }) => codec)"))
                    .isEqualTo("video/H264");
            assertThat(agreement().get("compared").intValue())
                    .as("pictures with metadata")
                    .isGreaterThan(40);
            assertThat(status(passing).renditions())
                    .filteredOn(rendition -> rendition.name().startsWith("h264"))
                    .singleElement()
                    .satisfies(rendition -> {
                        assertThat(rendition.frames()).isGreaterThan(50);
                        assertThat(rendition.encodes()).isZero();
                    });
        }
    }

    private static StreamStatus status(SightlineServer asked) {
        return asked.streams().get(0);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Number> agreement() {
        return (Map<String, Number>) page.evaluate("agreement(seen)");
    }

    private boolean is(String condition) {
        return (Boolean) page.evaluate(condition);
    }

    private static String resource(String name) {
        try (InputStream script = ChromiumWatchIT.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
