package dev.sightline.transport.webrtc;

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
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Chromium sends its camera, a false one, by WHIP to a stream that makes it gray. */
class WhipIT {
    private static final Logger LOG = LoggerFactory.getLogger(WhipIT.class);
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final int ENOUGH = 40;
    private static final int NEARLY_GRAY = 6;
    private static final int CAMERA_COLOR = 60;
    private static final int CAMERA_CONTRAST = 60;
    private static final int MANY = 60;
    private static final int AFTERWARDS = 20;

    /** With this seed the first hundred packets already meet with several losses. */
    private static final long LOSING_EARLY = 5;

    private static final Impairment POOR = Impairment.NONE
            .losing(0.05, 2)
            .delaying(Duration.ofMillis(25))
            .jittering(Duration.ofMillis(10))
            .reordering(0.02, Duration.ofMillis(10));

    private static Browser browser;
    private SightlineServer server;
    private Api api;
    private WatchPage sender;
    private WatchPage viewer;

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
        server =
                Sightline.server().port(0).stream(
                                "me", stream -> stream.source("publish:").process("grayscale"))
                        .stream("mine", stream -> stream.source("mirror:").process("grayscale"))
                        .start();
        api = new Api(server.address());
        sender = WatchPage.open(browser, server.address()).with("whip.js");
        viewer = WatchPage.open(browser, server.address()).with("whip.js");
    }

    @AfterEach
    void stop() {
        sender.close();
        viewer.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"VP8, h264", "H264, vp8"})
    void camera_watchedInThreeWaysAtOnce_isGrayInAll_andGoneWithTheSender(String sent, String watched) {
        viewer.page()
                .addScriptTag(new Page.AddScriptTagOptions()
                        .setUrl(server.address()
                                .resolve("/socket.io/socket.io.js")
                                .toString()));
        assertThat(send(sender, "me", "", sent)).isEqualTo(201);
        live("me");
        viewer.watch("me", watched);
        viewer.page().evaluate("onVideo(seen.video, seen.looks = []); window.looks = watchJpeg('me')");

        for (String looks : new String[] {"seen.looks", "looks.webSocket", "looks.socketIo"}) {
            viewer.await("pictures in " + looks, looks + ".length >= " + ENOUGH);
            assertGrayAndMoving(viewer, looks);
        }
        assertThat(viewer.page().evaluate("inbound(seen).then(({ codec }) => codec.toLowerCase())"))
                .isEqualTo("video/" + watched);
        sender.page().evaluate("leave(window.sent)");
        Await.until("nobody sends", () -> state("me").equals("OFFLINE"));
    }

    @Test
    void second_whileTheFirstSends_409_andTheFirstGoesOn_untilItVanishes() {
        assertThat(send(sender, "me", "", "VP8")).isEqualTo(201);
        live("me");
        assertThat(send(viewer, "me", "", "VP8")).isEqualTo(409);
        assertThat((String) viewer.page().evaluate("sent.problem")).contains("'me' is taken");
        long frames = frames("me");
        Await.until("the first goes on", () -> frames("me") > frames + ENOUGH);

        sender.close();
        Await.until("nobody sends", () -> state("me").equals("OFFLINE"));
        assertThat(send(viewer, "me", "", "VP8")).isEqualTo(201);
        live("me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "mine"})
    void sender_whoWatches_getsTheGrayResultInTheSameSession(String stream) {
        assertThat(send(sender, stream, "?watch", "VP8")).isEqualTo(201);
        sender.await("pictures", "sent.looks.length >= " + ENOUGH);

        assertGrayAndMoving(sender, "sent.looks");
        assertThat(api.sessions()).hasSize(1).allSatisfy(session -> {
            assertThat(session.path("watched").path("rendition").asString()).startsWith("vp8 source ");
            assertThat(session.path("published").path("codec").asString()).isEqualTo("vp8");
        });
        sender.page().evaluate("leave(window.sent)");
        Await.until("the session is gone", () -> api.sessions().isEmpty());
    }

    /** What is lost is asked for again; where that cannot be it goes on with a keyframe, and nothing is shown that builds on what is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    void sender_overAPoorNetwork_isRepaired_andNoBrokenPictureIsShown(String codec) {
        try (UdpRelay relay = UdpRelay.to(api.mediaPort(), LOSING_EARLY)) {
            relay.impair(POOR);
            RelayedPage.lead(sender.page(), "**/whip*", relay);
            viewer.page().evaluate("window.numbers = readJpegs('me')");
            sender.page()
                    .evaluate(
                            "codec => send('me', { codec, camera: numberedCamera() }).then((sent) => void (window.sent = sent))",
                            codec);
            viewer.await("pictures", "numbers.length >= 5");
            double acceptedBefore = accepted();
            double sentBefore = picturesSent();
            viewer.await("more of them", "numbers.length >= " + MANY);

            double accepted = accepted() - acceptedBefore;
            double sent = picturesSent() - sentBefore;
            LOG.info("{}: {} of {} pictures sent were accepted: {}", codec, accepted, sent, received());
            assertThat(accepted / sent).as("share of pictures accepted").isGreaterThanOrEqualTo(0.9);
            Await.until("packets that were asked for again", () -> received("repaired") > 0);

            long lost = received("lost");
            relay.impairDown(Impairment.CUT);
            Await.until("packets that nobody can ask for", () -> received("lost") > lost);
            relay.impairDown(POOR);
            viewer.await("pictures after that", "numbers.length >= " + (MANY + AFTERWARDS));
            assertThat(api.stream("me").path("dropped").path("broken").asLong()).isZero();
            assertThat(viewer.page()
                            .evaluate("numbers.every((number, i) => number > 0 && number >= (numbers[i - 1] ?? 0))"))
                    .as("numbers of pictures: %s", viewer.page().evaluate("numbers"))
                    .isEqualTo(true);
        }
    }

    /** Chromium takes a quarter of a minute until it sends the best one, each time. */
    static Stream<Arguments> layers() {
        Stream<Arguments> worstFirst = Stream.of(Arguments.of("q h f", "4 2 1"));
        return LONG ? Stream.concat(worstFirst, Stream.of(Arguments.of("hi lo", "1 4"))) : worstFirst;
    }

    /** The layer that is not scaled down comes, wherever it stands, and it alone. */
    @ParameterizedTest
    @MethodSource("layers")
    void simulcast_bestLayerIsTaken(String rids, String scales) {
        sender.page()
                .evaluate(
                        "([rids, scales]) => send('me', { encodings: rids.split(' ').map((rid, i) => "
                                + "({ rid, scaleResolutionDownBy: Number(scales.split(' ')[i]) })) })"
                                + ".then((sent) => void (window.sent = sent))",
                        new String[] {rids, scales});
        live("me");

        Await.until("the largest", () -> api.stream("me").path("width").asInt() == 640);
        long before = frames("me");
        Await.until("more of it", () -> frames("me") > before + ENOUGH);
        assertThat(api.stream("me").path("width").asInt()).isEqualTo(640);
        assertThat(received("foreign")).isZero();
    }

    @Test
    void camera_itself_isColorful() {
        sender.page()
                .evaluate("navigator.mediaDevices.getUserMedia({ video: true }).then((camera) => {"
                        + " const video = document.body.appendChild(document.createElement('video'));"
                        + " Object.assign(video, { srcObject: camera, muted: true });"
                        + " onVideo(video, window.looks = []); return video.play(); })");
        sender.await("pictures", "looks.length > 5");
        assertThat(summary(sender, "looks").get("color").intValue()).isGreaterThan(CAMERA_COLOR);
    }

    private int send(WatchPage from, String stream, String query, String codec) {
        return (Integer) from.page()
                .evaluate(
                        "([stream, query, codec]) => send(stream, { query, codec })"
                                + ".then((sent) => (window.sent = sent).status)",
                        new String[] {stream, query, codec});
    }

    /** Those whole pictures too that were passed over since a newer one was there already, as after a repair. */
    private double accepted() {
        JsonNode stream = api.stream("me");
        return stream.path("frames").asLong()
                + stream.path("dropped").path("pipeline").asLong();
    }

    private JsonNode received() {
        return api.sessions().get(0).path("published").path("received");
    }

    private long received(String count) {
        return received().path(count).asLong();
    }

    private double picturesSent() {
        return ((Number) sender.page().evaluate("picturesSent(sent)")).doubleValue();
    }

    private void live(String stream) {
        Await.until("pictures of '" + stream + "'", () -> state(stream).equals("LIVE"));
    }

    private String state(String stream) {
        return api.stream(stream).path("state").asString();
    }

    private long frames(String stream) {
        return api.stream(stream).path("frames").asLong();
    }

    private static void assertGrayAndMoving(WatchPage page, String looks) {
        Map<String, Number> seen = summary(page, looks);
        assertThat(seen.get("color").intValue()).as("%s: %s", looks, seen).isLessThanOrEqualTo(NEARLY_GRAY);
        assertThat(seen.get("contrast").intValue()).as("%s: %s", looks, seen).isGreaterThan(CAMERA_CONTRAST);
        assertThat(seen.get("different").intValue())
                .as("%s: %s", looks, seen)
                .isGreaterThan(seen.get("count").intValue() / 2);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Number> summary(WatchPage page, String looks) {
        return (Map<String, Number>) page.page().evaluate("sumUp(" + looks + ")");
    }
}
