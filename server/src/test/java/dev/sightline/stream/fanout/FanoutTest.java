package dev.sightline.stream.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FanoutTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Test
    void publish_video_everyPictureInOrderFromTheKeyframe() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        publish(video, 1, true);
        publish(video, 2, false);
        publish(video, 3, false);
        assertThat(screen.shown).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "MJPEG"})
    void publish_anErrorOfAViewer_heGoesAndOthersMissNothing(Codec codec) {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        Fanout pictures = new Fanout(codec, requests::incrementAndGet, seq -> false, gone -> left.incrementAndGet());
        Screen before = new Screen(pictures);
        pictures.subscribe(
                tasks::add,
                new Subscriber() {
                    @Override
                    public void onFrame(EncodedFrame frame) {
                        throw new NoClassDefFoundError("a test");
                    }

                    @Override
                    public void onEnd() {
                        told.incrementAndGet();
                    }
                },
                somebody());
        Screen after = new Screen(pictures);
        publish(pictures, 1, true);
        publish(pictures, 2, false);

        assertThat(before.shown).containsExactly(1L, 2L);
        assertThat(after.shown).containsExactly(1L, 2L);
        assertThat(told).hasValue(1);
        assertThat(left).hasValue(1);
        assertThat(pictures.viewers()).isEqualTo(2);
    }

    /** The task that takes pictures to the viewers is asked for with the first of them alone. */
    @ParameterizedTest
    @EnumSource(names = {"VP8", "MJPEG"})
    void publish_noMemoryForTheTask_theNextKeyframeIsShown(Codec codec) {
        Fanout pictures = fanout(codec);
        AtomicInteger fails = new AtomicInteger();
        List<Long> shown = new ArrayList<>();
        pictures.subscribe(
                task -> {
                    if (fails.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("a test");
                    }
                    tasks.add(task);
                },
                frame -> shown.add(frame.seq()),
                somebody());
        runTasks();
        fails.set(1);
        assertThatCode(() -> publish(pictures, 1, true)).doesNotThrowAnyException();
        publish(pictures, 2, true);

        assertThat(shown).containsExactly(2L);
    }

    @Test
    void subscribe_amidVideo_asksForAKeyframeAndSeesNothingBefore() {
        Fanout video = fanout(Codec.H264);
        publish(video, 1, true);
        publish(video, 2, false);
        Screen screen = new Screen(video);
        assertThat(requests).hasPositiveValue();
        publish(video, 3, false);
        assertThat(screen.shown).isEmpty();
        publish(video, 4, true);
        publish(video, 5, false);
        assertThat(screen.shown).containsExactly(4L, 5L);
        assertThat(screen.subscription.dropped()).isZero();
    }

    @Test
    void subscribe_keyframeIsTheLatest_isShownAtOnceAndFollowedUp() {
        Fanout video = fanout(Codec.VP8);
        publish(video, 1, true);
        Screen screen = new Screen(video);
        publish(video, 2, false);
        assertThat(screen.shown).containsExactly(1L, 2L);
        assertThat(requests).hasValue(0);
    }

    @Test
    void subscribe_amidTheSourcesOwnVideo_isShownAllSinceTheKeyframe_andOthersNothingTwice() {
        Fanout video = fanout(Codec.H264);
        Screen first = new Screen(video);
        for (int seq = 1; seq <= 20; seq++) {
            video.publish(frame(Codec.H264, seq, seq == 1 || seq == 5));
            runTasks();
        }
        Screen newcomer = new Screen(video);
        video.publish(frame(Codec.H264, 21, false));
        runTasks();

        assertThat(newcomer.shown).containsExactlyElementsOf(seqs(5, 21));
        assertThat(first.shown).containsExactlyElementsOf(seqs(1, 21));
        assertThat(requests).as("keyframes asked for by the first alone").hasValue(1);
    }

    @Test
    void subscribe_whileAPictureIsOnItsWay_missesNoneAndSeesNoneTwice() {
        Fanout video = fanout(Codec.H264);
        new Screen(video);
        video.publish(frame(Codec.H264, 1, true));
        runTasks();
        video.publish(frame(Codec.H264, 2, false));
        Screen newcomer = new Screen(video);
        video.publish(frame(Codec.H264, 3, false));
        runTasks();

        assertThat(newcomer.shown).containsExactly(1L, 2L, 3L);
    }

    @Test
    void offer_viewerWhoIsLate_getsAFewInOrder() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        screen.busy = true;
        publish(video, 1, true);
        for (int seq = 2; seq <= 1 + VideoBacklog.MOST; seq++) {
            publish(video, seq, false);
        }
        screen.free();
        assertThat(screen.shown).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(screen.subscription.dropped()).isZero();
    }

    @Test
    void offer_viewerWhoIsTooLate_goesOnAtAKeyframeAndAsksOnceItIsBack() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        requests.set(0);
        screen.busy = true;
        publish(video, 1, true);
        for (int seq = 2; seq <= 8; seq++) {
            publish(video, seq, false);
        }
        assertThat(requests).as("whoever hangs costs nobody anything").hasValue(0);
        screen.free();
        assertThat(requests).hasPositiveValue();
        publish(video, 9, false);
        publish(video, 10, true);
        publish(video, 11, false);
        assertThat(screen.shown).containsExactly(1L, 2L, 3L, 4L, 5L, 10L, 11L);
        assertThat(screen.subscription.dropped()).isEqualTo(4);
        assertThat(video.dropped()).isEqualTo(4);
    }

    @Test
    void offer_keyframeWhereThereIsRoom_losesNothing() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        screen.busy = true;
        publish(video, 1, true);
        publish(video, 2, false);
        publish(video, 3, true);
        screen.free();
        assertThat(screen.shown).containsExactly(1L, 2L, 3L);
        assertThat(screen.subscription.dropped()).isZero();
    }

    @Test
    void offer_keyframeWhereThereIsNoRoom_makesWhatWaitedNeedless() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        screen.busy = true;
        publish(video, 1, true);
        for (int seq = 2; seq <= 1 + VideoBacklog.MOST; seq++) {
            publish(video, seq, false);
        }
        publish(video, 6, true);
        publish(video, 7, false);
        screen.free();
        assertThat(screen.shown).containsExactly(1L, 6L, 7L);
        assertThat(screen.subscription.dropped()).isEqualTo(VideoBacklog.MOST);
    }

    @Test
    void publish_executorIsLate_losesNothingOrGoesOnAtAKeyframe() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        video.publish(frame(Codec.VP8, 1, true).encodedIn(1));
        for (int seq = 2; seq <= VideoBacklog.MOST; seq++) {
            video.publish(frame(Codec.VP8, seq, false).encodedIn(1));
        }
        runTasks();
        assertThat(screen.shown).containsExactly(1L, 2L, 3L, 4L);
        requests.set(0);

        for (int seq = 5; seq <= 10; seq++) {
            video.publish(frame(Codec.VP8, seq, false).encodedIn(1));
        }
        assertThat(requests).hasValue(0);
        runTasks();
        assertThat(requests).hasPositiveValue();
        publish(video, 11, false);
        publish(video, 12, true);
        assertThat(screen.shown).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 12L);
        assertThat(screen.subscription.dropped()).isEqualTo(3);
    }

    @Test
    void publish_oneViewerFails_isSentAwayAndTheOthersMissNothing() {
        Fanout video = fanout(Codec.VP8);
        List<String> ends = new ArrayList<>();
        Screen before = new Screen(video);
        video.subscribe(tasks::add, failing(ends), somebody());
        runTasks();
        Screen after = new Screen(video);
        publish(video, 1, true);
        publish(video, 2, false);
        publish(video, 3, false);
        assertThat(before.shown).containsExactly(1L, 2L, 3L);
        assertThat(after.shown).containsExactly(1L, 2L, 3L);
        assertThat(ends).containsExactly("end");
        assertThat(video.viewers()).isEqualTo(2);
    }

    @Test
    void newest_videoNotSentYet_isReplacedByAKeyframeAlone() {
        Fanout video = fanout(Codec.VP8);
        Screen screen = new Screen(video);
        screen.busy = true;
        EncodedFrame unsent = publish(video, 1, true);
        assertThat(screen.subscription.newest(unsent)).isSameAs(unsent);
        EncodedFrame keyframe = publish(video, 2, true);
        publish(video, 3, false);
        assertThat(screen.subscription.newest(unsent)).isSameAs(keyframe);
        assertThat(screen.subscription.newest(keyframe)).isSameAs(keyframe);
    }

    @Test
    void offer_singlePictures_keepsTheNewestAlone() {
        Fanout pictures = fanout(Codec.MJPEG);
        Screen screen = new Screen(pictures);
        screen.busy = true;
        for (int seq = 1; seq <= 4; seq++) {
            publish(pictures, seq, true);
        }
        screen.free();
        assertThat(screen.shown).containsExactly(1L, 4L);
        assertThat(screen.subscription.dropped()).isEqualTo(2);
    }

    @Test
    void offer_metadataForALateViewer_keepsTheLastFewInOrder() {
        Fanout metadata = fanout(Codec.NONE);
        Screen screen = new Screen(metadata);
        screen.busy = true;
        for (int seq = 1; seq <= 3 + RecentBacklog.MOST; seq++) {
            publish(metadata, seq, true);
        }
        screen.free();
        assertThat(screen.shown).containsExactly(1L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(screen.subscription.dropped()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"MJPEG", "NONE"})
    void subscribe_everyPictureStandsForItself_asksForNothing(Codec codec) {
        Fanout pictures = fanout(codec);
        publish(pictures, 1, true);
        Screen screen = new Screen(pictures);
        assertThat(screen.shown).containsExactly(1L);
        assertThat(requests).hasValue(0);
    }

    private Fanout fanout(Codec codec) {
        return new Fanout(codec, requests::incrementAndGet, seq -> false, gone -> {});
    }

    private EncodedFrame publish(Fanout fanout, long seq, boolean keyframe) {
        EncodedFrame frame = frame(Codec.VP8, seq, keyframe).encodedIn(1);
        fanout.publish(frame);
        runTasks();
        return frame;
    }

    private static EncodedFrame frame(Codec codec, long seq, boolean keyframe) {
        return new EncodedFrame(codec, new byte[1], keyframe, 64, 48, seq, seq, Metadata.EMPTY);
    }

    private static Subscriber failing(List<String> ends) {
        return new Subscriber() {
            @Override
            public void onFrame(EncodedFrame frame) {
                throw new IllegalStateException("a fault of this viewer's");
            }

            @Override
            public void onEnd() {
                ends.add("end");
            }
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "MJPEG"})
    void disconnect_busyViewerWithFramesWaiting_getsNoneOfThem(Codec codec) {
        Fanout pictures = fanout(codec);
        Screen screen = new Screen(pictures);
        screen.busy = true;
        publish(pictures, 1, true);
        publish(pictures, 2, false);
        screen.subscription.disconnect("a test");
        assertThat(screen.asked).isEmpty();
        runTasks();

        screen.free();
        assertThat(screen.asked).containsExactly("a test");
        assertThat(screen.shown).containsExactly(1L);
        assertThat(pictures.viewers()).isZero();
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static ViewerIdentity somebody() {
        return ViewerIdentity.of("test", "192.0.2.1", Optional.empty());
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** A viewer who is ready at once, unless it is busy. */
    private final class Screen implements Subscriber {
        final List<Long> shown = new ArrayList<>();
        final List<String> asked = new ArrayList<>();
        final Subscription subscription;
        boolean busy;

        Screen(Fanout fanout) {
            subscription = fanout.subscribe(tasks::add, this, somebody());
            runTasks();
        }

        @Override
        public void onFrame(EncodedFrame frame) {
            shown.add(frame.seq());
            if (!busy) {
                subscription.ready();
            }
        }

        @Override
        public void onDisconnect(String why) {
            asked.add(why);
        }

        void free() {
            busy = false;
            subscription.ready();
        }
    }
}
