package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.refusal.RefusedException;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VideoPublisherTest {
    private final StreamRegistry registry = new StreamRegistry();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    static void loadNatives() {
        // Takes a second the first time, in which a stream would fall silent.
        Loader.load(opencv_imgcodecs.class);
        Loader.load(avcodec.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void put_video_isDecodedProcessedAndShownInEveryRendition(Codec codec) throws Exception {
        LiveStream stream = published(frame -> frame.metadata().put("seen", frame.seq()));
        try (Film film = new Film(codec, 320, 240);
                Viewer pictures = new Viewer(stream, Rendition.DEFAULT);
                Viewer video = new Viewer(stream, new Rendition.Video(Codec.VP8, 0, 500_000));
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            for (int i = 1; i <= 5; i++) {
                publisher.put(film.next(i == 1));
                EncodedFrame shown = pictures.awaitPicture(i);
                assertThat(shown.metadata().values()).containsEntry("seen", shown.seq());
                try (Mat decoded = Pictures.decode(Pictures.bytes(shown))) {
                    assertThat(decoded.cols()).isEqualTo(320);
                    assertThat(Pictures.brightness(decoded)).isCloseTo(127, within(6.0));
                }
                video.awaitPicture(i);
            }
            assertThat(video.pictures().get(0).keyframe()).isTrue();
            assertThat(stream.status().dropped().broken()).isZero();
        }
    }

    @Test
    void put_anotherCodecInBetween_goesOn() throws Exception {
        LiveStream stream = published();
        try (Film first = new Film(Codec.VP8, 320, 240);
                Film second = new Film(Codec.H264, 160, 120);
                Viewer viewer = new Viewer(stream, Rendition.DEFAULT);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(first.next(true));
            assertThat(viewer.awaitPicture(1).width()).isEqualTo(320);
            publisher.put(second.next(true));
            assertThat(viewer.awaitPicture(2).width()).isEqualTo(160);
            publisher.put(Pictures.plain(64, 48, 0));
            assertThat(viewer.awaitPicture(3).width()).isEqualTo(64);
            publisher.put(first.next(true));
            assertThat(viewer.awaitPicture(4).width()).isEqualTo(320);
        }
    }

    @Test
    void put_videoWithoutItsBeginning_asksForAKeyframeTwiceASecondAtMost() throws Exception {
        LiveStream stream = published();
        try (Film film = new Film(Codec.VP8, 320, 240);
                Viewer viewer = new Viewer(stream, Rendition.DEFAULT);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.onKeyframeWanted(asked::incrementAndGet);
            film.next(true);
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                publisher.put(film.next(false));
            }
            long halves = (System.nanoTime() - start) / KeyframeRequests.LEAST_NANOS_BETWEEN;
            assertThat(asked.get()).isBetween(1, 1 + (int) halves);
            Await.until("asked again, since none came", () -> asked.get() > 1 + halves);
            publisher.put(film.next(true));
            viewer.awaitPicture(1);
            assertThat(viewer.pictures()).hasSize(1);
        }
    }

    @Test
    void put_brokenPicture_asksForAKeyframeAndGoesOnWithIt() throws Exception {
        LiveStream stream = published();
        try (Film film = new Film(Codec.H264, 320, 240);
                Viewer viewer = new Viewer(stream, Rendition.DEFAULT);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.onKeyframeWanted(asked::incrementAndGet);
            publisher.put(film.next(true));
            long first = viewer.awaitPicture(1).seq();
            publisher.put(new EncodedVideo(Codec.H264, new byte[] {1, 2, 3}, false));
            Await.until("asked", () -> asked.get() == 1);
            publisher.put(film.next(false));
            publisher.put(film.next(true));
            assertThat(viewer.awaitPicture(2).seq()).isEqualTo(first + 3);
            assertThat(stream.status().dropped().broken()).isEqualTo(1);
        }
    }

    @Test
    void put_fasterThanThePipeline_worksOnTheNewestAlone() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Long> processed = new CopyOnWriteArrayList<>();
        LiveStream stream = published(frame -> {
            processed.add(frame.seq());
            entered.countDown();
            release.await();
        });
        try (Film film = new Film(Codec.VP8, 320, 240);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(film.next(true));
            entered.await();
            for (int i = 2; i <= 10; i++) {
                publisher.put(film.next(false));
            }
            release.countDown();
            Await.until("two processed", () -> processed.size() == 2);
            assertThat(processed.get(1) - processed.get(0)).isEqualTo(9);
            assertThat(stream.status().dropped().pipeline()).isEqualTo(8);
        }
    }

    @Test
    void put_muchFasterThanThePipeline_goesOnAtAKeyframeAndAsksOnceItIsBack() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Long> processed = new CopyOnWriteArrayList<>();
        LiveStream stream = published(frame -> {
            processed.add(frame.seq());
            entered.countDown();
            release.await();
        });
        try (Film film = new Film(Codec.VP8, 320, 240);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.onKeyframeWanted(asked::incrementAndGet);
            publisher.put(film.next(true));
            entered.await();
            for (int i = 2; i <= 2 + PictureSlot.MOST_OF_VIDEO; i++) {
                publisher.put(film.next(false));
            }
            assertThat(asked).hasValue(0);
            release.countDown();
            Await.until("asked", () -> asked.get() == 1);
            Await.until("the last that was kept", () -> processed.size() == 2);
            assertThat(processed.get(1) - processed.get(0)).isEqualTo(PictureSlot.MOST_OF_VIDEO);
            publisher.put(film.next(false));
            publisher.put(film.next(true));
            Await.until("the keyframe", () -> processed.size() == 3);
            assertThat(processed.get(2) - processed.get(1)).isEqualTo(3);
        }
    }

    @Test
    void put_keyframeThatIsNone_isRefusedAndCounted() throws Exception {
        LiveStream stream = published();
        try (Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            assertThatThrownBy(() -> publisher.put(new EncodedVideo(Codec.VP8, new byte[20], true)))
                    .isInstanceOf(PictureException.class)
                    .hasMessage("this vp8 keyframe does not say its size");
            assertThat(stream.status().dropped().broken()).isEqualTo(1);
        }
    }

    @Test
    void put_byWhoLostThePlace_isRefused() throws Exception {
        LiveStream stream = published();
        try (Film film = new Film(Codec.VP8, 320, 240)) {
            Publisher first = stream.publish(List.of(), Viewer.SENDER);
            first.close();
            EncodedVideo keyframe = film.next(true);
            assertThatThrownBy(() -> first.put(keyframe)).isInstanceOf(RefusedException.class);
        }
    }

    private LiveStream published(FrameProcessor... processors) {
        List<NamedProcessor> steps = Arrays.stream(processors)
                .map(processor -> new NamedProcessor("step", () -> processor))
                .toList();
        return registry.startPublished("me", PipelineRecipe.of(steps));
    }
}
