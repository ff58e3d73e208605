package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chromium sends its camera, a false one, by WHIP to a stream that makes it gray. */
class WhipIT {
    private static final int ENOUGH = 40;
    private static final int NEARLY_GRAY = 6;
    private static final int CAMERA_COLOR = 60;
    private static final int CAMERA_CONTRAST = 60;

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
