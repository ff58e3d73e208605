package dev.sightline.stream.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames of a source that is not the stream's any more reach nobody, however late they were or their viewer is. */
class FanoutPastTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Long> shown = new ArrayList<>();
    /** Frames up to this one are of the past. */
    private long past;

    @ParameterizedTest
    @EnumSource(names = {"VP8", "MJPEG", "NONE"})
    void subscribe_whatIsCachedIsOfThePast_showsOnlyWhatFollows(Codec codec) {
        Fanout fanout = fanout(codec);
        fanout.publish(frame(codec, 1, true));
        fanout.publish(frame(codec, 2, false));
        past = 3;
        subscribe(fanout);
        assertThat(shown).isEmpty();
        assertThat(fanout.latest()).isEmpty();

        fanout.publish(frame(codec, 4, true));
        assertThat(shown).containsExactly(4L);
        assertThat(fanout.latest()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "MJPEG", "NONE"})
    void publish_frameOfThePast_isShownToNobody(Codec codec) {
        Fanout fanout = fanout(codec);
        Subscription subscription = subscribe(fanout);
        past = 3;
        fanout.publish(frame(codec, 2, true));
        fanout.publish(frame(codec, 4, true));
        assertThat(shown).containsExactly(4L);
        assertThat(subscription.dropped()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "MJPEG", "NONE"})
    void ready_whatWaitedIsOfThePast_showsOnlyWhatFollows(Codec codec) {
        Fanout fanout = fanout(codec);
        Subscription busy = subscribe(fanout);
        fanout.publish(frame(codec, 1, true));
        fanout.publish(frame(codec, 2, true));
        assertThat(shown).containsExactly(1L);
        past = 3;
        busy.ready();
        assertThat(shown).containsExactly(1L);

        fanout.publish(frame(codec, 4, true));
        assertThat(shown).containsExactly(1L, 4L);
    }

    @Test
    void ready_videoThatNeedsFramesOfThePast_waitsForTheKeyframeItAskedFor() {
        Fanout video = fanout(Codec.VP8);
        Subscription busy = subscribe(video);
        video.publish(frame(Codec.VP8, 1, true));
        video.publish(frame(Codec.VP8, 2, false));
        past = 3;
        video.publish(frame(Codec.VP8, 4, false));
        requests.set(0);
        busy.ready();
        assertThat(requests).hasPositiveValue();
        video.publish(frame(Codec.VP8, 5, false));
        assertThat(shown).containsExactly(1L);

        video.publish(frame(Codec.VP8, 6, true));
        assertThat(shown).containsExactly(1L, 6L);
    }

    private Fanout fanout(Codec codec) {
        return new Fanout(codec, requests::incrementAndGet, seq -> seq <= past, gone -> {});
    }

    /** A viewer who is busy with its first frame until told otherwise. */
    private Subscription subscribe(Fanout fanout) {
        return fanout.subscribe(Runnable::run, frame -> shown.add(frame.seq()), somebody());
    }

    private static EncodedFrame frame(Codec codec, long seq, boolean keyframe) {
        boolean alone = codec.intraOnly();
        return new EncodedFrame(codec, new byte[1], keyframe || alone, 64, 48, seq, seq, Metadata.EMPTY).encodedIn(1);
    }

    private static ViewerIdentity somebody() {
        return ViewerIdentity.of("test", "192.0.2.1", Optional.empty());
    }
}
