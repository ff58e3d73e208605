package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.StreamInfo;
import dev.sightline.StreamState;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.RtspServer;
import dev.sightline.transport.webrtc.WatchPage.Agreement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chromium watches by WHEP, with a page of its own. */
@Tag("pace")
class ChromiumWatchIT {
    private static final Logger LOG = LoggerFactory.getLogger(ChromiumWatchIT.class);
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final Duration WATCHED = Duration.ofSeconds(LONG ? 60 : 6);
    private static final int WIDTH = 1280;

    /** Of 30, in the middle one of all seconds; a short look on a busy machine tells no more than that none is left out. */
    private static final int LEAST_IN_A_SECOND = LONG ? 29 : 24;

    /** Over the whole time. */
    private static final double LEAST_FPS = LONG ? 29 : 22;

    private static final int HEIGHT = WIDTH * 9 / 16;
    private static final Optional<String> SCREENS = Optional.ofNullable(System.getProperty("sightline.screens"));

    private static Browser browser;
    private SightlineServer server;

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
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vp8", "h264"})
    void whep_everyPictureIsTheOneThatItsMetadataTellsOf(String codec) {
        try (WatchPage page = WatchPage.open(browser, server.address()).watch("demo", codec)) {
            page.await("pictures", WATCHED.multipliedBy(3), "watchedMillis(seen) > " + WATCHED.toMillis());

            Agreement seen = page.agreement();
            LOG.info("{}: {}", codec, seen);
            assertThat(seen.of("width")).isEqualTo(WIDTH);
            assertThat(seen.of("height")).isEqualTo(HEIGHT);
            assertThat(seen.fps()).as("fps: %s", seen).isGreaterThan(LEAST_FPS);
            assertThat(seen.of("aSecond"))
                    .as("pictures in a second: %s", seen)
                    .isGreaterThanOrEqualTo(LEAST_IN_A_SECOND);
            assertThat(seen.share("equal")).as("equal: %s", seen).isGreaterThanOrEqualTo(0.995);
            assertThat(seen.of("older")).as("older: %s", seen).isZero();
            assertThat(seen.of("newerByMore"))
                    .as("newer by more than one: %s", seen)
                    .isZero();
            assertThat(codec(page)).isEqualTo("video/" + codec.toUpperCase(Locale.ROOT));
            SCREENS.ifPresent(to -> page.page()
                    .screenshot(new Page.ScreenshotOptions().setPath(Path.of(to, "whep-" + codec + ".png"))));
        }
    }

    @Test
    void whep_camerasOwnVideo_isPassedOnAsItCame() {
        try (RtspServer camera = RtspServer.start(WIDTH, HEIGHT, 25);
                SightlineServer passing = Sightline.server().port(0).stream(
                                "camera", stream -> stream.source(camera.url()))
                        .start()) {
            Await.until("the camera is live", () -> status(passing).state() == StreamState.LIVE);
            try (WatchPage page = WatchPage.open(browser, passing.address()).watch("camera", "")) {
                page.await("pictures", "watchedMillis(seen) > 2500");

                assertThat(codec(page)).isEqualTo("video/H264");
                assertThat(page.agreement().of("nameless"))
                        .as("without metadata")
                        .isZero();
                assertThat(new Api(passing.address())
                                .stream("camera").path("renditions").valueStream())
                        .filteredOn(
                                rendition -> rendition.path("name").asString().startsWith("h264"))
                        .singleElement()
                        .satisfies(rendition -> {
                            assertThat(rendition.path("frames").asLong()).isGreaterThan(50);
                            assertThat(rendition.path("encodes").asLong(-1)).isZero();
                        });
            }
        }
    }

    private static StreamInfo status(SightlineServer asked) {
        return asked.streams().get(0);
    }

    private static Object codec(WatchPage page) {
        return page.page().evaluate("inbound(seen).then(({ codec }) => codec)");
    }
}
