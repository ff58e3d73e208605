package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.ViewerStatus;
import dev.sightline.testkit.PushSource;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.Senders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Viewers of a stream that has begun nothing yet; nothing reaches them, for their executor does nothing. */
class ViewingTest {
    private final StreamRegistry registry = new StreamRegistry();
    private final LiveStream stream = registry.start("cam", new PushSource(64, 48), Pipeline.of(List.of()), false);
    private final Feeds feeds = new Feeds(4_000_000);
    private final List<String> ended = new ArrayList<>();

    /** SSRCs of what was said by RTCP. */
    private final List<Integer> reported = new ArrayList<>();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void begin_othersWatchAsManyRenditionsAsThereMayBe_takesTheNearest() throws Exception {
        for (int rate : new int[] {200_000, 500_000, 1_700_000, 4_000_000}) {
            watchedByOthers(new Rendition.Video(Codec.VP8, 480, rate));
        }
        Viewing viewing = viewing();

        viewing.begin();

        assertThat(ended).isEmpty();
        assertThat(viewing.rendition()).isEqualTo("vp8 480 1700 kbit/s");
        assertThat(viewing.reason()).isEqualTo("other viewers use all permitted renditions");
        viewing.close();
    }

    @Test
    void begin_roomForIt_takesTheBest() {
        Viewing viewing = viewing();

        viewing.begin();

        assertThat(viewing.rendition()).isEqualTo("vp8 source 2000 kbit/s");
        assertThat(stream.viewers(10))
                .extracting(ViewerStatus::transport, ViewerStatus::rendition)
                .containsExactly(tuple("webrtc", viewing.rendition()));
        assertThat(viewing.reason()).isEqualTo("the best there is");
        assertThat(viewing.offered().get(0).describe()).isEqualTo(viewing.rendition());
        viewing.close();
        assertThat(feeds.watched(stream)).isEmpty();
    }

    @Test
    void answered_beforeItIsConnected_holds() {
        Viewing viewing = viewing();
        viewing.answered(Senders.plain(7, 97, "cname"));
        viewing.connected();
        viewing.close();
        assertThat(reported).containsExactly(7);
    }

    @Test
    void answered_whileConnected_changesNothing() {
        Viewing viewing = viewing();
        viewing.connected();
        viewing.answered(Senders.plain(7, 97, "cname"));
        viewing.close();
        assertThat(reported).containsExactly(1);
    }

    private void watchedByOthers(Rendition.Video rendition) throws Exception {
        feeds.join(stream, rendition);
        stream.subscribe(rendition, task -> {}, frame -> {}, somebody());
    }

    private static ViewerIdentity somebody() {
        return ViewerIdentity.of("webrtc", "192.0.2.1", Optional.empty());
    }

    private Viewing viewing() {
        return new Viewing(
                stream,
                somebody(),
                new Ladder(Codec.VP8, H264Profile.CONSTRAINED_BASELINE),
                Senders.plain(1, 96, "cname"),
                new Nowhere(),
                feeds,
                task -> {},
                ended::add);
    }

    private final class Nowhere implements PacketSink {
        @Override
        public void rtp(byte[] packet, int offset, int length) {}

        @Override
        public void rtcp(byte[] packet, int offset, int length) {
            reported.add(ByteBuffer.wrap(packet).getInt(offset + 4));
        }

        @Override
        public void flush() {}
    }
}
