package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.VideoCodec;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** However many watch, each picture is encoded once. */
@Tag("pace")
class OneEncoderIT {
    private static final Logger LOG = LoggerFactory.getLogger(OneEncoderIT.class);
    private static final int VIEWERS = 20;
    private static final int PICTURES = 60;
    private static final double MOST_KEYFRAMES_PER_SECOND = 2;

    @AutoClose
    private final DemoServer server = new DemoServer();

    private final Api api = server.api();
    private final List<WebRtcPeer> peers = new ArrayList<>();

    @BeforeEach
    void awaitPictures() {
        Await.until("pictures", () -> api.stream("demo").path("frames").asLong() > 0);
    }

    @AfterEach
    void stop() {
        peers.forEach(WebRtcPeer::vanish);
    }

    @ParameterizedTest
    @EnumSource
    void twentyViewers_joinTogetherAndOneByOne_oneEncoderRunsOnceAPicture(VideoCodec codec) {
        PeerSettings settings = PeerSettings.DEFAULTS.with(codec);
        long begun = System.nanoTime();
        join(settings, VIEWERS / 2);
        peers.forEach(WebRtcPeer::awaitPlaying);
        while (peers.size() < VIEWERS) {
            join(settings, 1);
            peers.get(peers.size() - 1).awaitPlaying();
        }
        List<Long> before = peers.stream().map(peer -> peer.stats().frames()).toList();
        peers.get(0).awaitFrames(PICTURES);
        for (int i = 0; i < VIEWERS; i++) {
            // The others get the same pictures, save the one that is on its way.
            peers.get(i).awaitFramesInAll(before.get(i) + PICTURES - 1);
        }

        JsonNode rendition = onlyRendition();
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(rendition.path("viewers").asInt()).isEqualTo(VIEWERS);
        assertThat(rendition.path("frames").asLong()).isGreaterThanOrEqualTo(PICTURES);
        // While a picture is being encoded, it is one ahead.
        Await.until("as many encodings as pictures", () -> {
            JsonNode now = onlyRendition();
            return now.path("encodes").asLong() == now.path("frames").asLong();
        });
        assertThat(rendition.path("keyframes").asDouble()).isBetween(1.0, 1 + MOST_KEYFRAMES_PER_SECOND * seconds);
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.stats().brokenFrames()).isZero());
        assertSendingIsTold();
        tell(codec);

        peers.forEach(WebRtcPeer::close);
        Await.until("the encoder is gone", () -> renditions().isEmpty());
        assertThat(api.sessions()).isEmpty();
        assertThat(api.json("/api/webrtc").path("feeds")).isEmpty();
    }

    /** Of the one rendition: how long pictures took until they had left, the encoder's time being a part of it. */
    private void assertSendingIsTold() {
        JsonNode feeds = api.json("/api/webrtc").path("feeds");
        assertThat(feeds).hasSize(1);
        double added = feeds.get(0).path("addedMillis").path("p50").asDouble();
        assertThat(feeds.get(0).path("stream").asString()).isEqualTo("demo");
        assertThat(added).isPositive();
        assertThat(feeds.get(0).path("delayMillis").path("p50").asDouble()).isGreaterThan(added);
    }

    private void join(PeerSettings settings, int more) {
        Stream.generate(() -> server.watch(settings)).limit(more).forEach(peers::add);
    }

    private List<JsonNode> renditions() {
        return api.stream("demo").path("renditions").valueStream().toList();
    }

    private JsonNode onlyRendition() {
        assertThat(renditions()).hasSize(1);
        return renditions().get(0);
    }

    private void tell(VideoCodec codec) {
        LOG.info(
                "{}: first picture after {} ms (p50) of {} who came at once, {} ms of those who came one by one",
                codec,
                Math.round(median(peers.subList(0, VIEWERS / 2))),
                VIEWERS / 2,
                Math.round(median(peers.subList(VIEWERS / 2, VIEWERS))));
    }

    private static double median(List<WebRtcPeer> peers) {
        return peers.stream()
                .flatMapToDouble(peer -> DoubleStream.of(peer.times().firstPictureMillis()))
                .sorted()
                .skip(peers.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
