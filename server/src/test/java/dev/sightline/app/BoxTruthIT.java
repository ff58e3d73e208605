package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.source.pattern.PatternPainter;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.DrawnBox;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.RelayedPage;
import dev.sightline.testkit.Screencast;
import dev.sightline.testkit.TcpRelay;
import dev.sightline.testkit.UdpRelay;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change after change of the screen: the box that the page draws is where the marker is in the picture that is seen at the
 * same time, also over a line that delays and loses. With {@code -Dsightline.long=true} for 1,000 changes each.
 */
@Tag("pace")
class BoxTruthIT {
    private static final Logger LOG = LoggerFactory.getLogger(BoxTruthIT.class);
    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    private static final String VP8 = "transport=webrtc&codec=vp8";
    private static final int SAMPLES = LONG ? 1_000 : 20;

    /** Of them; by the short look none may be missed. */
    private static final int MOST_MISSED = SAMPLES / 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The page shows a picture pixel for pixel. From one to the next the marker moves by 4.6 pixels. */
    private static final int WIDTH = 320;

    private static final int HEIGHT = 180;
    private static final int FPS = 30;
    private static final double PIXELS = 2;

    private static final Impairment LOSSY = Impairment.NONE.losing(0.05);

    private static Browser browser;

    private final PatternPainter pattern = new PatternPainter(WIDTH, HEIGHT, FPS);

    @AutoClose
    private final SightlineServer server =
            Sightline.server().port(0).webRtcPort(0).allowedHosts(Browser.LAN_NAME).stream(
                            "demo",
                            stream -> stream.source("pattern:%dx%d@%d".formatted(WIDTH, HEIGHT, FPS))
                                    .process(() -> new Finder(pattern)))
                    .start();

    private final Page page = browser.page(WIDTH, HEIGHT);

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @AfterEach
    void close() {
        page.close();
        pattern.close();
        assertThat(browser.faults()).isEmpty();
    }

    private static List<String> videos() {
        return LONG ? List.of(VP8, "transport=webrtc&codec=h264") : List.of(VP8);
    }

    private static List<String> poor() {
        return LONG
                ? List.of(VP8, "transport=webrtc&codec=h264", "transport=websocket", "transport=mjpeg")
                : List.of(VP8, "transport=websocket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport=webrtc&codec=vp8",
                "transport=webrtc&codec=h264",
                "transport=websocket",
                "transport=mjpeg"
            })
    void box_goodLine_isWhereTheMarkerIsInTheSameScreen(String how) {
        watch(server.address().toString(), how);
        judge(how);
    }

    /** A page without TLS that is not the computer's own: browsers tell it less of a video's pictures. */
    @ParameterizedTest
    @MethodSource("videos")
    void box_insecurePage_isWhereTheMarkerIsInTheSameScreen(String how) {
        watch("http://" + Browser.LAN_NAME + ":" + server.port() + "/", how);
        assertThat(is("isSecureContext")).isFalse();
        judge(how + ", insecure");
    }

    /** What is said of the pictures comes some later than they do, always, as over a slow proxy. */
    @ParameterizedTest
    @MethodSource("videos")
    void box_lateMetadata_isWhereTheMarkerIsInTheSameScreen(String how) {
        try (TcpRelay rest = TcpRelay.to(server.port(), 1)) {
            rest.impair(Impairment.NONE, Impairment.NONE.delaying(Duration.ofMillis(150)));
            watch(rest.address().toString(), how);
            judge(how + ", metadata 150 ms later");
        }
    }

    /** 5 % of all packets lost, and 100 ms more on the way to the viewer: WebRTC's, and TCP's, by which the rest comes. */
    @ParameterizedTest
    @MethodSource("poor")
    void box_lossAndDelay_isWhereTheMarkerIsInTheSameScreen(String how) {
        try (UdpRelay media = UdpRelay.to(new Api(server.address()).mediaPort());
                TcpRelay rest = TcpRelay.to(server.port(), 1)) {
            Impairment down = LOSSY.delaying(Duration.ofMillis(100));
            media.impairUp(LOSSY);
            media.impairDown(down);
            rest.impair(LOSSY, down);
            RelayedPage.lead(page, "**/whep*", media);
            watch(rest.address().toString(), how);
            judge(how + ", 5 % loss, 100 ms");
        }
    }

    private void judge(String how) {
        Tally tally = new Tally();
        int color = Integer.parseInt(
                (String) page.evaluate(
                        "import('/assets/player/overlay/colour.js').then(({ colour }) => colour('marker').slice(1))"),
                16);
        try (Screencast screens = new Screencast(page)) {
            while (tally.sampled < SAMPLES) {
                screens.next().forEach(screen -> tally.add(look(screen, color)));
            }
        }
        LOG.info("{}: {}", how, tally);
        assertThat(tally.misses()).as("%s: %s", how, tally).isLessThanOrEqualTo(MOST_MISSED);
    }

    private Look look(byte[] png, int color) {
        try (Mat screen = Pictures.decode(png)) {
            OptionalLong number = PatternNumber.read(screen);
            Optional<DrawnBox> drawn = DrawnBox.find(screen, color);
            if (number.isEmpty()) {
                return Look.UNREAD;
            }
            if (drawn.isEmpty()) {
                return Look.WITHOUT;
            }
            return isAround(drawn.get(), around(pattern, number.getAsLong())) ? Look.EXACT : Look.ELSEWHERE;
        }
    }

    /** Above the box, or in it where there is no room above, stands its text. */
    private static boolean isAround(DrawnBox drawn, Box marker) {
        boolean sides = isNear(drawn.left(), marker.x() * WIDTH)
                && isNear(drawn.right(), (marker.x() + marker.width()) * WIDTH)
                && isNear(drawn.bottom(), (marker.y() + marker.height()) * HEIGHT);
        return sides && (isNear(drawn.top(), marker.y() * HEIGHT) || drawn.top() < 2 * DrawnBox.TEXT);
    }

    private static boolean isNear(int drawn, double marker) {
        return Math.abs(drawn - marker) <= PIXELS;
    }

    /** The marker with the brightest part of its glow, so that the box is higher than a text. */
    private static Box around(PatternPainter pattern, long number) {
        Box disc = pattern.marker(number);
        double right = 0.4 * disc.width();
        double down = 0.4 * disc.height();
        return new Box(disc.x() - right, disc.y() - down, disc.width() + 2 * right, disc.height() + 2 * down);
    }

    private void watch(String address, String how) {
        page.navigate(address + "live/demo?" + how);
        Await.until("a box", PATIENCE, () -> is("document.querySelector('sightline-player').statistics.drawn > 0"));
        page.evaluate("document.getElementById('stage').classList.add('idle')"); // as it is three seconds later
        Await.until("unseen controls", () -> is("getComputedStyle(document.querySelector('.bar')).opacity === '0'"));
    }

    private boolean is(String condition) {
        return Boolean.TRUE.equals(page.evaluate(condition));
    }

    /** Reports the marker and draws nothing. */
    private record Finder(PatternPainter pattern) implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            frame.metadata().add(new Detection("marker", 1, around(pattern, frame.seq())));
        }

        @Override
        public boolean changesPicture() {
            return false;
        }
    }

    /** What one screen shows. */
    private enum Look {
        /** The box, where the marker is. */
        EXACT,
        /** No box. */
        WITHOUT,
        /** A box that belongs to another picture. */
        ELSEWHERE,
        /** A picture whose number cannot be read. */
        UNREAD
    }

    /** How many screens of each kind. */
    private static final class Tally {
        private final Map<Look, Integer> counts = new EnumMap<>(Look.class);
        private int sampled;

        void add(Look look) {
            counts.merge(look, 1, Integer::sum);
            sampled++;
        }

        int misses() {
            return sampled - counts.getOrDefault(Look.EXACT, 0);
        }

        @Override
        public String toString() {
            return "%d of %d %s".formatted(sampled - misses(), sampled, counts);
        }
    }
}
