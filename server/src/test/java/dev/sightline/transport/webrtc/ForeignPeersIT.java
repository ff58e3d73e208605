package dev.sightline.transport.webrtc;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.ForeignPeer;
import dev.sightline.testkit.ForeignPeer.Seen;
import dev.sightline.testkit.ForeignPeer.Task;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * WebRTC peers of other houses watch and send, all at the same time and with sound in their offers; none may be cut off. With
 * {@code -Dsightline.long=true} there are more of them, for ten minutes: far longer than a peer without a sign of life is given.
 */
class ForeignPeersIT {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignPeersIT.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final Duration LENGTH = LONG ? Duration.ofMinutes(10) : Duration.ofSeconds(6);
    /** Small and slow pictures: with all peers at once two processors have little left, and starved ones miss their own checks. */
    private static final int FPS = 15;

    private static final long ENOUGH = LENGTH.toSeconds() * FPS / 3;

    private static final List<String> SENDERS = List.of(
            "gstreamer-vp8",
            "gstreamer-h264",
            "aiortc-vp8",
            "aiortc-h264",
            "werift-vp8",
            "werift-h264",
            "ffmpeg-h264",
            "pion-vp8",
            "pion-h264",
            "firefox-vp8",
            "chromium-vp8",
            "chromium-h264");

    @AutoClose
    private final SightlineServer server = server();

    private final Api api = new Api(server.address());
    private final Map<String, ForeignPeer> peers = new LinkedHashMap<>();
    private final Map<String, Seen> told = new LinkedHashMap<>();

    @Test
    void peersOfOtherHouses_watchAndSend_andNoneIsCutOff() throws IOException {
        try {
            startShort();
            if (LONG) {
                startLong();
            }
            peers.forEach((name, peer) -> note(name, peer.await()));
        } finally {
            peers.values().forEach(ForeignPeer::close);
        }
        SoftAssertions.assertSoftly(softly -> {
            told.forEach((name, seen) -> {
                softly.assertThat(seen.states())
                        .as(name)
                        .noneMatch(state -> state.contains("failed") || state.endsWith("at the end"));
                if (watches(name)) {
                    softly.assertThat(seen.frames())
                            .as("pictures that %s saw", name)
                            .isGreaterThan((int) ENOUGH);
                }
            });
            SENDERS.stream()
                    .filter(told::containsKey)
                    .forEach(name -> softly.assertThat(received(name))
                            .as("pictures that %s sent", name)
                            .isGreaterThan(ENOUGH));
            softly.assertThat(cutOff()).isEmpty();
        });
    }

    private void startShort() {
        peers.put("gstreamer-watch", ForeignPeer.gstreamer("watch", whep(), task("VP8", "first")));
        peers.put("gstreamer-h264", ForeignPeer.gstreamer("send", whip("gstreamer-h264"), task("H264", "second")));
        peers.put("ffmpeg-h264", ForeignPeer.ffmpeg(whip("ffmpeg-h264"), LENGTH));
        peers.put("werift-vp8", ForeignPeer.werift(whep(), whip("werift-vp8"), task("VP8", "second")));
        peers.put("aiortc-vp8", ForeignPeer.aiortc(whep(), whip("aiortc-vp8"), task("VP8", "first")));
    }

    private void startLong() throws IOException {
        peers.put("gstreamer-watch-h264", ForeignPeer.gstreamer("watch", whep(), task("H264", "second")));
        peers.put("gstreamer-vp8", ForeignPeer.gstreamer("send", whip("gstreamer-vp8"), task("VP8", "first")));
        peers.put("werift-h264", ForeignPeer.werift(whep(), whip("werift-h264"), task("H264", "first")));
        peers.put("aiortc-h264", ForeignPeer.aiortc(whep(), whip("aiortc-h264"), task("H264", "second")));
        peers.put("pion-vp8", ForeignPeer.pion(whep(), whip("pion-vp8"), task("VP8", "first")));
        peers.put("pion-h264", ForeignPeer.pion(whep(), whip("pion-h264"), task("H264", "second")));
        peers.put("firefox-vp8", ForeignPeer.firefox(whep(), whip("firefox-vp8"), task("VP8", "first")));
        chromium();
    }

    /** Chromium, in this thread, for the whole length. */
    private void chromium() throws IOException {
        try (Browser browser = Browser.start()) {
            Page vp8 = relaying(browser, "VP8", "second");
            Page h264 = relaying(browser, "H264", "first");
            vp8.waitForTimeout(LENGTH.toMillis());
            note("chromium-vp8", finished(vp8));
            note("chromium-h264", finished(h264));
        }
    }

    private Page relaying(Browser browser, String codec, String sound) throws IOException {
        Page page = browser.page(400, 300);
        page.navigate(server.address().toString());
        page.evaluate(script()
                + "; relay(%s).then((seen) => { window.seen = seen; })"
                        .formatted(JSON.writeValueAsString(Map.of(
                                "whep",
                                whep(),
                                "whip",
                                whip("chromium-" + codec.toLowerCase(Locale.ROOT)),
                                "codec",
                                codec,
                                "sound",
                                sound))));
        return page;
    }

    @SuppressWarnings("unchecked") // what the script gives
    private Seen finished(Page page) throws IOException {
        Map<String, Object> seen = (Map<String, Object>) page.evaluate(script() + "; finish(window.seen)");
        return new Seen(
                ((Number) seen.get("frames")).intValue(),
                ((Number) seen.get("longestGapSeconds")).doubleValue(),
                (List<String>) seen.get("states"));
    }

    private static String script() throws IOException {
        try (InputStream script = ForeignPeer.class.getResourceAsStream("peers/page.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void note(String name, Seen seen) {
        LOG.info(
                "{}: {} pictures, {} s frozen at most, {}",
                name,
                seen.frames(),
                seen.longestGapSeconds(),
                seen.states());
        told.put(name, seen);
    }

    /** Whether it watches, not only sends. */
    private static boolean watches(String name) {
        return !name.equals("ffmpeg-h264") && !(name.startsWith("gstreamer") && SENDERS.contains(name));
    }

    /** Pictures that came whole from a sender. */
    private long received(String stream) {
        return ended().stream()
                .filter(session -> session.path("stream").asString().equals(stream))
                .mapToLong(session -> session.at("/published/received/frames").asLong())
                .sum();
    }

    /** Why the server ended sessions that their peers did not end. */
    private List<String> cutOff() {
        return ended().stream()
                .map((JsonNode session) -> session.path("explanation").asString())
                .filter(why -> !why.equals("the session was ended") && !why.equals("the peer has left"))
                .toList();
    }

    private List<JsonNode> ended() {
        return api.json("/api/webrtc").path("ended").valueStream().toList();
    }

    private static Task task(String codec, String sound) {
        return new Task(LENGTH, codec, sound);
    }

    private URI whep() {
        return server.address().resolve("/live/demo/whep");
    }

    private URI whip(String stream) {
        return server.address().resolve("/live/" + stream + "/whip");
    }

    private static SightlineServer server() {
        Sightline builder =
                Sightline.server().port(0).stream("demo", stream -> stream.source("pattern:160x120@" + FPS));
        SENDERS.forEach(name -> builder.stream(name, stream -> stream.source("publish:")));
        return builder.start();
    }
}
