package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.RelayedPage;
import dev.sightline.testkit.UdpRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Viewers in Chromium behind lines as people have them, each by a relay of its own. */
@Tag("pace")
class ThinLinesIT {
    private static final Logger LOG = LoggerFactory.getLogger(ThinLinesIT.class);

    /** Until a viewer has the rendition that its line carries, and its delay has come down. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration WATCHED = Duration.ofSeconds(Boolean.getBoolean("sightline.long") ? 30 : 5);
    private static final Duration QUEUE = Duration.ofMillis(200);
    private static final Impairment NEAR = Impairment.NONE.delaying(Duration.ofMillis(10));

    private static Browser browser;

    @AutoClose
    private final SightlineServer server = Sightline.server().port(0).stream(
                    "demo", stream -> stream.source("pattern:640x480@30"))
            .start();

    private final Api api = new Api(server.address());
    private final List<Viewer> viewers = new ArrayList<>();

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
        viewers.forEach(Viewer::close);
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void narrowLines_carryPicturesAllTheSame_andTheViewerBesideLosesNothing() {
        Viewer beside = viewer("beside", "vp8", NEAR);
        Viewer half = viewer("500 kbit/s", "vp8", NEAR.narrowing(500_000, QUEUE));
        Viewer thinnest = viewer("150 kbit/s", "vp8", NEAR.narrowing(150_000, QUEUE));

        SoftAssertions.assertSoftly(softly -> {
            look();
            half.shows(softly, 15, 1_000, 400);
            thinnest.shows(softly, 5, 1_500, 600);
            beside.shows(softly, 20, 500, 200);
            softly.assertThat(beside.width()).isEqualTo(640);
        });
    }

    /** Of H.264 each keyframe has parameter sets in a packet of their own. */
    @Test
    void datagramsAbove1000BytesSwallowed_someLost_fullSizeAtFullRate() {
        Viewer small = viewer("1,000 bytes", "h264", NEAR.swallowingAbove(1_000));
        Viewer lossy = viewer(
                "2 % lost",
                "h264", Impairment.NONE.delaying(Duration.ofMillis(30)).losing(0.02));

        SoftAssertions.assertSoftly(softly -> {
            look();
            small.shows(softly, 20, 500, 200);
            lossy.shows(softly, 20, 500, 300);
            softly.assertThat(List.of(small.width(), lossy.width())).containsOnly(640);
        });
    }

    private Viewer viewer(String line, String codec, Impairment impairment) {
        Viewer viewer = new Viewer(line, codec, impairment);
        viewers.add(viewer);
        return viewer;
    }

    private void look() {
        viewers.get(0).page.page().waitForTimeout(SETTLING.toMillis());
        viewers.forEach(Viewer::begin);
        viewers.get(0).page.page().waitForTimeout(WATCHED.toMillis());
    }

    private final class Viewer implements AutoCloseable {
        private final String line;
        private final UdpRelay relay = UdpRelay.to(api.mediaPort());
        private final WatchPage page = WatchPage.open(browser, server.address()).with("age.js");

        Viewer(String line, String codec, Impairment impairment) {
            this.line = line;
            relay.impairDown(impairment);
            relay.impairUp(Impairment.NONE.delaying(impairment.delay()));
            RelayedPage.lead(page.page(), "**/whep*", relay);
            page.watch("demo", codec);
        }

        private void begin() {
            page.page().evaluate("begin(seen)");
        }

        /** So many pictures in the middle second, none later than that after the one before, in the middle so old. */
        private void shows(SoftAssertions softly, int fps, int longestGapMillis, int ageMillis) {
            Map<?, ?> looks = (Map<?, ?>) page.page().evaluate("looks(seen)");
            LOG.info("{}: {} {}", line, looks, width());
            softly.assertThat(number(looks, "fps")).as("%s: %s", line, looks).isGreaterThanOrEqualTo(fps);
            softly.assertThat(number(looks, "gap")).as("%s: %s", line, looks).isLessThanOrEqualTo(longestGapMillis);
            softly.assertThat(number(looks, "age")).as("%s: %s", line, looks).isLessThanOrEqualTo(ageMillis);
        }

        private double number(Map<?, ?> looks, String name) {
            return ((Number) looks.get(name)).doubleValue();
        }

        private int width() {
            return (Integer) page.page().evaluate("seen.shown.at(-1)?.width ?? 0");
        }

        @Override
        public void close() {
            page.close();
            relay.close();
        }
    }
}
