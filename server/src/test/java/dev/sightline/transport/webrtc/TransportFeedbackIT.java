package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.VideoCodec;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A viewer that tells when packets arrived, beside one that does not. */
class TransportFeedbackIT {
    private static final int FIRST_ESTIMATE = 2_000_000;
    private static final int BASE_KILOBITS = 400;

    /** Beside other tests the encoders may be late for long, and are given no more to do then. */
    private static final Duration RAISED = Duration.ofSeconds(90);

    @AutoClose
    private final PeerLoop loop = new PeerLoop();

    @AutoClose
    private final SightlineServer server = Sightline.server().port(0).maxWebRtcBitrate(20_000).stream(
                    "demo", stream -> stream.source("pattern:320x240@30"))
            .start();

    private final Api api = new Api(server.address());

    @Test
    void viewerWhoTells_isEstimated_andTheBestRenditionFollows() {
        PeerSettings settings = PeerSettings.DEFAULTS.with(VideoCodec.VP8);
        try (WebRtcPeer silent = watch(settings).awaitPlaying();
                WebRtcPeer telling = watch(settings.withFeedback()).awaitPlaying()) {
            Await.until(
                    "the line is known to carry much",
                    RAISED,
                    () -> watched(1).path("estimate").asLong() > FIRST_ESTIMATE);
            Await.until(
                    "the bitrate has gone up, for both",
                    RAISED,
                    () -> kilobits(1) > BASE_KILOBITS && kilobits(0) == kilobits(1));

            assertThat(watched(0).has("estimate")).isFalse();
            telling.awaitFrames(10);
            silent.awaitFrames(10);
        }
    }

    private WebRtcPeer watch(PeerSettings settings) {
        return WebRtcPeer.watch(loop, server.address().resolve("/live/demo/whep"), settings);
    }

    private JsonNode watched(int session) {
        return api.sessions().get(session).path("watched");
    }

    /** As in {@code vp8 source 400 kbit/s}. */
    private int kilobits(int session) {
        String[] words = watched(session).path("rendition").asString().split(" ");
        return Integer.parseInt(words[words.length - 2]);
    }
}
