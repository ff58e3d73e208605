package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.Codec;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Impairment;
import dev.sightline.testkit.RtspServer;
import dev.sightline.testkit.UdpRelay;
import dev.sightline.testkit.webrtc.FrameArrival;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.VideoCodec;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which rendition a viewer gets, and with which picture it begins. */
class MovingIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Beside other tests the encoder leaves out more, for all alike. */
    private static final int LEAST_OF_TEN = Boolean.getBoolean("sightline.long") ? 9 : 5;

    private static final int BEST = 640;

    /** The middle one is withdrawn while the encoders do not keep up, as beside other tests. */
    private static final Set<String> LOWER = Set.of("vp8 320 300 kbit/s", "vp8 160 100 kbit/s");

    private final PeerLoop loop = new PeerLoop();
    private SightlineServer server;
    private Api api;

    @AfterEach
    void stop() {
        loop.close();
        server.close();
    }

    @Test
    void estimateThatIsLow_movesThatViewerAlone_andBackWhenItIsHigh() {
        serve("pattern:640x360@30");
        Seat beside = new Seat(PeerSettings.DEFAULTS.with(VideoCodec.VP8));
        beside.peer.awaitPlaying();
        Seat moved = new Seat(PeerSettings.DEFAULTS.with(VideoCodec.VP8));
        moved.peer.awaitPlaying();
        assertThat(moved.width()).isEqualTo(BEST);
        long pictures = pictures();
        long besideBefore = beside.peer.stats().frames();

        moved.peer.estimate(350_000);
        Await.until("a smaller picture", LONG, () -> moved.width() < BEST);
        moved.awaitRendition(LOWER);
        assertThat(moved.watched().path("reason").asString()).startsWith("REMB 350 kbit/s of ");
        assertThat(moved.watched().path("ladder").path(1).asString()).isEqualTo("vp8 320 300 kbit/s");
        assertThat(moved.watched().path("estimate").asLong()).isEqualTo(350_000);
        assertThat(moved.watched().has("queueMillis"))
                .as("this peer does not tell when packets arrive")
                .isFalse();
        assertThat(beside.watched().path("rendition").asString()).isEqualTo("vp8 source 800 kbit/s");

        moved.peer.estimate(5_000_000);
        Await.until("the larger picture", LONG, () -> moved.width() == BEST);
        moved.awaitRendition("vp8 source 800 kbit/s");
        assertThat(moved.watched().path("reason").asString()).isEqualTo("the best there is");

        assertThat(beside.widths()).containsOnly(BEST);
        assertThat(beside.peer.stats().frames() - besideBefore)
                .as("of %s pictures", pictures() - pictures)
                .isGreaterThan((pictures() - pictures) * LEAST_OF_TEN / 10);
        moved.assertOneVideo();
        beside.assertOneVideo();
    }

    @Test
    void halfOfItLost_movesThatViewerAlone_andBackWhenNothingIs() {
        serve("pattern:640x360@30");
        try (UdpRelay relay = UdpRelay.to(api.mediaPort())) {
            Seat beside = new Seat(PeerSettings.DEFAULTS.with(VideoCodec.VP8));
            Seat moved = new Seat(
                    PeerSettings.DEFAULTS.with(VideoCodec.VP8).withoutRepair().rewriting(relay::lead));
            beside.peer.awaitPlaying();
            moved.peer.awaitPlaying();

            relay.impairDown(Impairment.NONE.losing(0.5));
            moved.awaitRendition(LOWER);
            assertThat(moved.watched().path("reason").asString()).matches("loss \\d+ %");

            relay.impairDown(Impairment.NONE);
            int before = moved.widths().size();
            moved.awaitRendition("vp8 source 800 kbit/s");
            Await.until("a keyframe of it", LONG, () -> moved.widths().size() > before && moved.width() == BEST);
            moved.peer.awaitFrames(10);

            assertThat(beside.widths()).containsOnly(BEST);
            beside.assertOneVideo();
        }
    }

    /** The camera's keyframes are nearly 2 s apart: who comes just after one would wait for long. */
    @Test
    void newcomerToACamerasOwnVideo_beginsWithTheKeyframeThatWas() {
        try (RtspServer camera = RtspServer.start(640, 360, 8)) {
            serve(camera.url());
            Seat first = new Seat(PeerSettings.DEFAULTS.with(VideoCodec.H264));
            first.peer.awaitPlaying();
            int before = first.keyframes().size();
            Await.until("a keyframe", () -> first.keyframes().size() > before);
            // Some pictures later it is not the newest any more.
            first.peer.awaitFrames(3);

            Seat newcomer = new Seat(PeerSettings.DEFAULTS.with(VideoCodec.H264));
            List<Long> known = newcomer.peer
                    .connected()
                    .thenApply(connected -> first.keyframes())
                    .join();
            newcomer.peer.awaitPlaying();
            assertThat(newcomer.keyframes().get(0)).isIn(known);

            newcomer.peer.awaitFrames(20);
            newcomer.assertOneVideo();
            first.assertOneVideo();
            assertThat(renditions()).singleElement().satisfies(rendition -> {
                assertThat(rendition.path("name").asString()).startsWith("h264 source ");
                assertThat(rendition.path("encodes").asLong()).isZero();
            });
        }
    }

    private void serve(String source) {
        server = Sightline.server().port(0).stream("demo", stream -> stream.source(source))
                .start();
        api = new Api(server.address());
        Await.until("pictures", () -> pictures() > 0);
    }

    private long pictures() {
        return api.stream("demo").path("frames").asLong();
    }

    private List<JsonNode> renditions() {
        return api.stream("demo").path("renditions").valueStream().toList();
    }

    /** A viewer, and all pictures that came to it. */
    private final class Seat {
        private final List<FrameArrival> came = new CopyOnWriteArrayList<>();
        private final WebRtcPeer peer;
        private final int number;

        Seat(PeerSettings settings) {
            int others = api.sessions().size();
            peer = WebRtcPeer.watch(loop, server.address().resolve("/live/demo/whep"), settings, came::add);
            Await.until("a session", () -> api.sessions().size() > others);
            number = others;
        }

        private void awaitRendition(String name) {
            awaitRendition(Set.of(name));
        }

        private void awaitRendition(Set<String> names) {
            Await.until(
                    "one of " + names,
                    LONG,
                    () -> names.contains(watched().path("rendition").asString()));
        }

        private JsonNode watched() {
            return api.sessions().get(number).path("watched");
        }

        /** In pixels, of each keyframe. */
        private List<Integer> widths() {
            return came.stream()
                    .filter(frame -> frame.whole() && frame.keyframe())
                    .map(frame -> VideoHeader.of(Codec.VP8, ByteBuffer.wrap(frame.data()))
                            .orElseThrow()
                            .width())
                    .toList();
        }

        private int width() {
            List<Integer> widths = widths();
            return widths.get(widths.size() - 1);
        }

        /** Their timestamps. */
        private List<Long> keyframes() {
            return came.stream()
                    .filter(frame -> frame.whole() && frame.keyframe())
                    .map(FrameArrival::rtpTimestamp)
                    .toList();
        }

        /** Numbers go on without a gap, and time never goes back, whatever it was made of. */
        private void assertOneVideo() {
            assertThat(peer.stats().lost()).isZero();
            assertThat(peer.stats().late()).isZero();
            assertThat(peer.stats().brokenFrames()).isZero();
            List<Long> times = came.stream().map(FrameArrival::rtpTimestamp).toList();
            assertThat(IntStream.range(1, times.size())
                            .mapToLong(i -> (int) (times.get(i) - times.get(i - 1)))
                            .min()
                            .orElseThrow())
                    .isPositive();
        }
    }
}
