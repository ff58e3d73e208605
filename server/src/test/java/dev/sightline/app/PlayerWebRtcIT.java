package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.RelayedPage;
import dev.sightline.testkit.UdpRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The player on its own page against a server with WebRTC: it takes that first, and comes back to it. */
class PlayerWebRtcIT {
    private static final Optional<String> SCREENS = Optional.ofNullable(System.getProperty("sightline.screens"));
    private static final int ENOUGH = 40;
    /** Longer than the page waits until it tries WebRTC again that a busy machine did not bring in time: 60 s. */
    private static final Duration PLAYS_AGAIN = Duration.ofSeconds(90);

    /** Longer than the server waits for a peer that falls silent. */
    private static final Duration SLEEP = Duration.ofSeconds(60);

    /** Of the picture on the screen: 0 where that is black. */
    private static final String BRIGHTEST = "(() => { const { width, height } = player().canvas;"
            + " const { data } = player().canvas.getContext('2d').getImageData(0, 0, width, height);"
            + " return data.reduce((most, one, i) => (i % 4 < 3 ? Math.max(most, one) : most), 0); })()";

    /** What is promised; beside other tests a page may wait that long for a processor alone. */
    private static final int SOON_MILLIS = Boolean.getBoolean("sightline.long") ? 3_000 : 6_000;

    /** Notes when the page asked for WebRTC, and when it first showed a picture. */
    private static final String NOTE_TIMES = """
            const ask = window.fetch;
            window.fetch = (...parameters) => {
              if (/\\/whep/.test(parameters[0])) window.asked ??= performance.now();
              return ask(...parameters);
            };
            document.addEventListener('picture', () => window.played ??= performance.now(), true);
            """;

    /**
     * The first connection's jitter buffer keeps each picture for 800 ms, as one that has grown and does not shrink: it has no
     * playout-delay extension, by which the server could tell it to.
     */
    private static final String LONG_BUFFER = """
            const ask = window.fetch;
            window.fetch = (address, how) => {
              const first = /whep/.test(address) && !window.asked;
              window.asked ||= first;
              return ask(address, first ? { ...how, body: how.body.replace(/a=extmap:.*playout-delay\\r\\n/g, '') } : how);
            };
            const buffer = Object.getOwnPropertyDescriptor(RTCRtpReceiver.prototype, 'jitterBufferTarget');
            let receivers = 0;
            Object.defineProperty(RTCRtpReceiver.prototype, 'jitterBufferTarget', {
              set(millis) { buffer.set.call(this, receivers++ === 0 ? 800 : millis); },
            });
            Object.defineProperty(RTCRtpReceiver.prototype, 'playoutDelayHint', { set() {} });
            window.shown = [];
            document.addEventListener('picture', ({ detail }) =>
              shown.push({ seq: detail.seq, at: performance.now() }), true);
            window.tones = new Set();
            document.addEventListener('situation', ({ target }) =>
              shown.length > 30 && tones.add(target.situation.tone), true);
            """;

    private final Browser browser = Browser.start();
    private Page page;

    @BeforeEach
    void open() {
        page = browser.page(640, 400); // a larger one takes more of a processor to paint
    }

    @AfterEach
    void close() {
        browser.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    @Tag("smoke")
    void player_takesWebRtc_tellsOfEachPictureAndWhyItIsThisRendition() {
        try (SightlineServer server = serve(0)) {
            page.addInitScript(
                    "addEventListener('picture', ({ detail }) => (window.headers ??= []).push(detail), true)");
            page.navigate(server.address() + "live/demo");
            plays();
            Await.until("headers", () -> is("window.headers?.length > 30"));
            assertThat(page.evaluate("headers.every(({ seq, captureTime, rtpTimestamp }, i) => captureTime > 1e12"
                            + " && rtpTimestamp > 0 && (i === 0 || seq > headers[i - 1].seq))"))
                    .isEqualTo(true);
            assertThat(page.evaluate("headers.some(({ metadata }) => metadata.detections?.length > 0)"))
                    .isEqualTo(true);

            page.navigate(server.address() + "live/demo?transport=webrtc");
            plays();
            page.keyboard().press("i");
            Await.until("the rendition", () -> details().contains("Rendition"));
            assertThat(details()).containsPattern("Rendition\\s+vp8 \\w+ \\d+ kbit/s \\(\\d of \\d\\): \\w+");
            SCREENS.ifPresent(this::screens);
            Await.until("one viewer", () -> server.streams().get(0).viewers() == 1);
            page.navigate("about:blank");
            Await.until("nobody watches", () -> server.streams().get(0).viewers() == 0);
        }
    }

    @Test
    void details_tellOfTheLineAndTheLastMinute_andAskForItOnlyWhileTheyAreOpen() {
        try (SightlineServer server = serve(0)) {
            AtomicInteger asked = new AtomicInteger();
            page.onRequest(request -> asked.addAndGet(request.url().contains("/api/webrtc/") ? 1 : 0));
            page.navigate(server.address() + "live/demo?transport=webrtc");
            plays();
            assertThat(asked).hasValue(0);
            assertThat(minute()).isEmpty();

            page.keyboard().press("i");
            Await.until("the line", () -> details().contains("in queues"));
            assertThat(details())
                    .containsPattern(
                            "Line\\s+about [\\d.]+.[kM]bit/s, \\d+ ms in queues, datagrams of up to 1,200 bytes")
                    .containsPattern("Repairs\\s+\\d+ asked for, \\d+ sent, \\d+ withheld, \\d+ too old");
            Await.until("two seconds", () -> minute().matches("M.*L.*"));
            Await.until(
                    "the newest values in words",
                    () -> page.locator("#minute")
                            .getAttribute("aria-label")
                            .matches(
                                    "The last minute. Now: .+bit/s arrive, the line carries about .+bit/s; .+ fps, .+ old."));
            assertThat(page.locator("#minute").innerText()).contains("line ");

            page.keyboard().press("i");
            String drawn = minute();
            int before = asked.get();
            passes(45); // pictures, in three seconds
            assertThat(minute()).isEqualTo(drawn);
            assertThat(asked).hasValueLessThanOrEqualTo(before + 1);
        }
    }

    @Test
    void api_viewerOverALossyLine_tellsOfTheLineTheLadderAndRepairs() {
        try (SightlineServer server = serve(0);
                UdpRelay relay = relay(server)) {
            Api api = new Api(server.address());
            lead("whep", relay, relay);
            page.navigate(server.address() + "live/demo?transport=webrtc");
            plays();
            relay.impairDown(Impairment.NONE.losing(0.1));
            Await.until(
                    "repairs",
                    PLAYS_AGAIN,
                    () -> turned() && watched(api).path("repaired").asInt() > 5);

            JsonNode watched = watched(api);
            assertThat(watched.path("estimate").asLong()).isBetween(50_000L, 100_000_000L);
            assertThat(watched.path("queueMillis").asInt(-1)).isBetween(0, 10_000);
            assertThat(watched.path("datagramBytes").asInt()).isBetween(500, 1_200);
            assertThat(watched.path("ladder").valueStream().map(JsonNode::asString))
                    .contains(watched.path("rendition").asString())
                    .hasSizeBetween(1, 3);
            int askedAgain = watched.path("askedAgain").asInt();
            assertThat(askedAgain).isPositive();
            assertThat(watched.has("withheld") && watched.has("unrecoverable")).isTrue();

            page.navigate("about:blank");
            Await.until("nobody watches", () -> api.sessions().isEmpty());
            assertThat(api.metric("sightline_webrtc_nacked_packets_total"))
                    .as("of the session that is over")
                    .isGreaterThanOrEqualTo(askedAgain);
            assertThat(api.metric("sightline_webrtc_repairs_total{result=\"sent\"}"))
                    .isGreaterThan(5);
        }
    }

    @Test
    void player_serverKilledAndStarted_playsByWebRtcAgain() {
        int port;
        try (SightlineServer server = serve(0)) {
            port = server.port();
            page.navigate(server.address() + "live/demo");
            plays();
        }
        Await.until("it says so", () -> is("player().situation.tone === 'trouble'"));
        assertThat(page.evaluate(BRIGHTEST)).as("the last picture").isNotEqualTo(0);
        try (SightlineServer again = serve(port)) {
            plays();
            Await.until("one viewer", () -> again.streams().get(0).viewers() == 1);
        }
    }

    @Test
    void player_serverKilledAndNoOtherWayAllowed_tellsOfNothingThatComes() {
        try (SightlineServer server = serve(0)) {
            page.navigate(server.address() + "live/demo?transport=webrtc");
            plays();
            Await.until("bits", () -> is("player().statistics.bitsPerSecond > 0"));
        }
        Await.until(
                "none, and no session",
                () -> is("player().statistics.bitsPerSecond === 0 && !player().statistics.session"));
    }

    @Test
    void player_whoseBrowserKeepsPicturesForTooLong_opensAnotherSession_andNobodySeesThat() {
        try (SightlineServer server = serve(0)) {
            page.addInitScript(LONG_BUFFER);
            page.navigate(server.address() + "live/demo?transport=webrtc");
            plays();
            Await.until("old pictures", PLAYS_AGAIN, () -> is("player().statistics.age > 700"));
            int first = session(server);

            Await.until("new ones", PLAYS_AGAIN, () -> is("player().statistics.age < 300"));
            plays();
            Await.until(
                    "one session", () -> new Api(server.address()).sessions().size() == 1);
            assertThat(session(server)).isNotEqualTo(first);
            assertThat(is("[...tones].every((tone) => tone === 'live')")).isTrue();
            assertThat(is("shown.slice(30).every(({ seq }, i, all) => i === 0 || seq > all[i - 1].seq)"))
                    .as("no picture comes twice")
                    .isTrue();
            assertThat(is("shown.slice(30).every(({ at }, i, all) => i === 0 || at - all[i - 1].at < 1000)"))
                    .as("no gap")
                    .isTrue();
        }
    }

    /** A firewall, or another network: UDP gets through no longer, and then again. */
    @Test
    void player_mediaIsCutOffAndComesBack_playsOnByWebSocketMeanwhile() {
        try (SightlineServer server = serve(0);
                UdpRelay relay = relay(server)) {
            lead("whep", relay, relay);
            page.navigate(server.address() + "live/demo");
            plays();

            relay.impair(Impairment.CUT);
            playsBy("WebSocket");
            page.evaluate("dispatchEvent(new Event('online'))");
            Await.until(
                    "it says why",
                    PLAYS_AGAIN,
                    () -> is("/^WebRTC: (?!being|to be)/.test(player().statistics.fallback)"));
            playsBy("WebSocket");
            assertThat(server.streams().get(0).viewers()).isEqualTo(1);

            relay.impair(Impairment.NONE);
            page.evaluate("dispatchEvent(new Event('online'))");
            plays();
            assertThat(fallback()).isEmpty();
        }
    }

    /** A firewall that was always there: WHEP is answered, but no packet passes. */
    @Test
    void player_mediaNeverArrives_playsByWebSocketWithinThreeSecondsAndSaysWhy() {
        try (SightlineServer server = serve(0);
                UdpRelay relay = UdpRelay.to(new Api(server.address()).mediaPort())) {
            relay.impair(Impairment.CUT);
            RelayedPage.lead(page, "**/whep*", relay);
            page.addInitScript(NOTE_TIMES);
            page.navigate(server.address() + "live/demo");
            Await.until("it is asked for", () -> is("window.asked > 0"));
            playsBy("WebSocket");

            assertThat((Boolean) page.evaluate("played - asked < " + SOON_MILLIS))
                    .as("millis until it plays: %s", page.evaluate("played - asked"))
                    .isTrue();
            Await.until("it says why", () -> !fallback().matches("WebRTC: (being|to be) tried"));
            assertThat(fallback())
                    .isEqualTo("WebRTC: no packet came back from UDP port " + relay.port()
                            + ": a firewall stops it, or a container’s port is not published");
            assertThat(relay.lostUp()).as("checks of the browser's").isPositive();
            Await.until("one viewer", () -> server.streams().get(0).viewers() == 1);
        }
    }

    /** The old way leads nowhere any more, and a new one does, as when a computer goes from one network to another. */
    @Test
    void player_networkChanges_playsOnByTheNewWayInTheSameSession() {
        try (SightlineServer server = serve(0);
                UdpRelay old = relay(server);
                UdpRelay fresh = relay(server)) {
            lead("whep", old, fresh);
            page.navigate(server.address() + "live/demo");
            plays();
            int session = session(server);
            page.evaluate("player().addEventListener('picture', () =>"
                    + " (window.transports ??= new Set()).add(player().statistics.transport))");

            old.impair(Impairment.CUT);
            Await.until("the new way is taken", PLAYS_AGAIN, () -> turned() && fresh.passedDown() > ENOUGH);
            plays();
            assertThat(page.evaluate("[...transports].join()")).isEqualTo("WebRTC");
            assertThat(session(server)).isEqualTo(session);
        }
    }

    @Test
    void sender_networkChanges_sendsOnByTheNewWayInTheSameSession() {
        try (SightlineServer server = serve(0);
                UdpRelay old = relay(server);
                UdpRelay fresh = relay(server)) {
            lead("whip", old, fresh);
            send(server);
            int session = session(server);

            old.impair(Impairment.CUT);
            Await.until("the new way is taken", PLAYS_AGAIN, () -> turned() && fresh.passedUp() > ENOUGH);
            long frames = frames(server);
            Await.until("pictures", PLAYS_AGAIN, () -> frames(server) > frames + ENOUGH && word().equals("live"));
            assertThat(page.locator("#line").innerText()).startsWith("WebRTC, ");
            assertThat(session(server)).isEqualTo(session);
        }
    }

    @Test
    void sender_whoseServerIsKilled_keepsTheLastResultInSight() {
        SightlineServer killed = serve(0);
        try (killed) {
            send(killed);
        }
        Await.until("it says so", () -> word().equals("reconnecting…"));
        page.evaluate("window.player = () => ({ canvas: copy })");
        page.evaluate("{ const video = document.querySelector('#result-video');"
                + " window.copy = new OffscreenCanvas(video.videoWidth, video.videoHeight);"
                + " copy.getContext('2d').drawImage(video, 0, 0); }");
        assertThat(page.evaluate(BRIGHTEST)).as("the last result").isNotEqualTo(0);
    }

    @Test
    void player_computerSleepsUntilTheServerGivesItUp_playsAgainWhenItWakes() {
        try (SightlineServer server = serve(0)) {
            page.navigate(server.address() + "live/demo");
            plays();

            browser.sleep();
            try {
                Await.until(
                        "it is given up", SLEEP, () -> server.streams().get(0).viewers() == 0);
            } finally {
                browser.wake();
            }
            plays();
        }
    }

    private static SightlineServer serve(int port) {
        return Sightline.server().port(port).webRtcPort(0).stream(
                        "demo", stream -> stream.source("pattern:320x240@15").process("motion:bottom=0.9"))
                .stream("me", stream -> stream.source("publish:"))
                .start();
    }

    private static UdpRelay relay(SightlineServer server) {
        return UdpRelay.to(new Api(server.address()).mediaPort());
    }

    /** Offers are answered with one way, ICE restarts with another. */
    private void lead(String kind, UdpRelay offers, UdpRelay restarts) {
        RelayedPage.lead(page, "**/" + kind + "*", offers);
        RelayedPage.lead(page, "**/" + kind + "/*", restarts);
    }

    /** Lets the page's requests be led, which happens only while it is asked something. */
    private boolean turned() {
        return is("true");
    }

    /** The only session there is, by its number. */
    private static int session(SightlineServer server) {
        assertThat(new Api(server.address()).sessions()).hasSize(1);
        return new Api(server.address())
                .latestSession()
                .orElseThrow()
                .path("session")
                .asInt();
    }

    private static JsonNode watched(Api api) {
        return api.latestSession().orElseThrow().path("watched");
    }

    private static long frames(SightlineServer server) {
        return new Api(server.address()).stream("me").path("frames").asLong();
    }

    private void send(SightlineServer server) {
        page.navigate(server.address() + "publish/me");
        page.locator("#start").click();
        Await.until("live", () -> word().equals("live"));
        Await.until("pictures", () -> frames(server) > ENOUGH);
    }

    private String word() {
        return page.locator("#word").innerText();
    }

    private void plays() {
        playsBy("WebRTC");
    }

    private void playsBy(String transport) {
        Await.until(
                "the player",
                () -> is(
                        "(window.player = () => document.querySelector('sightline-player'))().statistics !== undefined"));
        Await.until(
                transport + ", live",
                PLAYS_AGAIN,
                () -> is(
                        "player().statistics.transport === '" + transport + "' && player().situation.tone === 'live'"));
        passes(10);
    }

    private void passes(int pictures) {
        int seq = (Integer) page.evaluate("player().seq");
        Await.until("newer pictures", PLAYS_AGAIN, () -> is("player().seq > " + (seq + pictures)));
    }

    /** The line of pictures a second in the chart of the last minute. */
    private String minute() {
        return Optional.ofNullable(page.locator("#minute path.fps").getAttribute("d"))
                .orElse("");
    }

    private String fallback() {
        return (String) page.evaluate("player().statistics.fallback");
    }

    private String details() {
        return page.locator("#details").innerText();
    }

    private void screens(String to) {
        page.setViewportSize(1280, 800);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(to, "player-webrtc.png")));
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(to, "player-webrtc-phone.png")));
    }

    private boolean is(String condition) {
        return Boolean.TRUE.equals(page.evaluate(condition));
    }
}
