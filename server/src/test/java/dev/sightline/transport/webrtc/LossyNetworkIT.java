package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.RelayedPage;
import dev.sightline.testkit.UdpRelay;
import dev.sightline.transport.webrtc.WatchPage.Progress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chromium watches over a network that loses packets. */
@Tag("pace")
class LossyNetworkIT {
    private static final Logger LOG = LoggerFactory.getLogger(LossyNetworkIT.class);
    private static final Duration WATCHED = Duration.ofSeconds(Boolean.getBoolean("sightline.long") ? 60 : 20);
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Impairment FAR = Impairment.NONE.delaying(Duration.ofMillis(30));
    private static final int WIDTH = 640;

    private static Browser browser;
    private SightlineServer server;
    private Api api;
    private UdpRelay relay;
    private WatchPage page;

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
        server = Sightline.server().port(0).stream("demo", stream -> stream.source("pattern:640x360@30"))
                .start();
        api = new Api(server.address());
        relay = UdpRelay.to(api.mediaPort());
        relay.impair(FAR);
        page = WatchPage.open(browser, server.address());
        RelayedPage.lead(page.page(), "**/whep*", relay);
    }

    @AfterEach
    void stop() {
        page.close();
        relay.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    /** A viewer beside it, on a perfect network, tells what a busy machine does to any. */
    @ParameterizedTest
    @ValueSource(strings = {"vp8", "h264"})
    void tenthLost_nineTenthsOfThePicturesAreShown_andItHardlyFreezes(String codec) {
        page.watch("demo", codec);
        try (WatchPage beside = WatchPage.open(browser, server.address()).watch("demo", codec)) {
            relay.impair(FAR.losing(0.1));
            told(page.during(SETTLING, "demo"), codec + ", 10 % lost from now on");
            Progress before = page.progress("demo");
            Progress perfect = beside.during(WATCHED, "demo");
            Progress seen = told(page.progress("demo").since(before), codec + ", 10 % lost");
            LOG.info("beside it: {}", perfect);

            assertThat(seen.shown()).as("share shown: %s", seen).isGreaterThanOrEqualTo(0.9);
            assertThat(seen.of("painted"))
                    .as("painted: %s, beside: %s", seen, perfect)
                    .isGreaterThanOrEqualTo(0.9 * perfect.of("painted"));
            assertThat(seen.frozen())
                    .as("share frozen: %s, beside: %s", seen, perfect)
                    .isLessThan(0.03 + perfect.frozen());
            assertThat(relay.lostDown()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vp8", "h264"})
    void thirdLostForTenSeconds_fullRateAgainWithinFive(String codec) {
        page.watch("demo", codec);
        page.during(Duration.ofSeconds(2), "demo");
        relay.impair(FAR.losing(0.3));
        told(page.during(Duration.ofSeconds(10), "demo"), codec + ", 30 % lost");
        relay.impair(FAR);
        told(page.during(Duration.ofSeconds(5), "demo"), codec + ", the 5 s after");

        Progress seen = told(page.during(Duration.ofSeconds(5), "demo"), codec + ", the next 5 s");
        assertThat(seen.shown()).as("share shown: %s", seen).isGreaterThanOrEqualTo(0.95);
        assertThat(seen.frozen()).as("share frozen: %s", seen).isLessThan(0.05);
        assertThat(seen.of("width")).isEqualTo(WIDTH);
    }

    private Progress told(Progress seen, String of) {
        LOG.info("{}: {} server: {}", of, seen, api.sessions().get(0).path("watched"));
        return seen;
    }
}
