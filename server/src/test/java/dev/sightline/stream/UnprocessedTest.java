package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Box;
import dev.sightline.frame.Codec;
import dev.sightline.frame.Detection;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.PixelFormat;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The frames before the first step, beside those that went through the pipeline. */
class UnprocessedTest {
    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(320, 240);

    @BeforeAll
    static void loadNatives() {
        Loader.load(opencv_imgcodecs.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void subscribe_rawFrame_isAsItCame_withTheNumberOfTheProcessedOne() throws Exception {
        LiveStream stream = start(new Blackener());
        try (Viewer before = new Viewer(stream, Rendition.UNPROCESSED);
                Viewer after = new Viewer(stream, Rendition.DEFAULT)) {
            source.raw();

            EncodedFrame unprocessed = before.awaitPicture(1);
            assertThat(unprocessed.seq()).isEqualTo(after.awaitPicture(1).seq());
            assertThat(brightness(unprocessed)).isCloseTo(127, within(4.0));
            assertThat(brightness(after.awaitPicture(1))).isLessThan(4);
            assertThat(unprocessed.metadata().detections()).isEmpty();
            assertThat(after.awaitPicture(1).metadata().detections()).hasSize(1);
        }
    }

    @Test
    void subscribe_jpegSource_passesItsOwnBytes() throws Exception {
        LiveStream stream = start(new Blackener());
        try (Viewer before = new Viewer(stream, Rendition.UNPROCESSED);
                Mat picture = ScriptedSource.picture(320, 240)) {
            source.jpeg();

            byte[] original = Pictures.jpeg(picture, 50);
            assertThat(Pictures.bytes(before.awaitPicture(1)))
                    .endsWith(Arrays.copyOfRange(original, 2, original.length));
            assertThat(unprocessed(stream).get(0).encodes()).isZero();
        }
    }

    @Test
    void subscribe_jpegOfASender_hasItsIdAndNothingOfThePipeline() throws Exception {
        LiveStream stream = start(new Blackener());
        stream.takePublishers(PipelineRecipe.of(List.of(new NamedProcessor("step", Blackener::new))));
        SenderFrameId id = new SenderFrameId(7, 1.5);
        try (Viewer before = new Viewer(stream, Rendition.UNPROCESSED);
                Viewer after = new Viewer(stream, Rendition.DEFAULT);
                Publisher publisher = stream.publish(List.of(), Viewer.SENDER)) {
            publisher.put(new SentPicture(Pictures.plain(32, 24, 100), Optional.of(id)));

            EncodedFrame unprocessed = before.awaitPicture(1);
            assertThat(unprocessed.metadata().values()).containsOnlyKeys(SenderFrameId.KEY);
            assertThat(unprocessed.metadata().detections()).isEmpty();
            assertThat(after.awaitPicture(1).metadata().values()).containsOnlyKeys(SenderFrameId.KEY, StageTimes.KEY);
            assertThat(after.awaitPicture(1).metadata().detections()).hasSize(1);
        }
    }

    @Test
    void subscribe_firstStepThatWantsGray_leavesTheColour() throws Exception {
        LiveStream stream = start(new Blackener() {
            @Override
            public Set<PixelFormat> accepts() {
                return Set.of(PixelFormat.GRAY);
            }
        });
        try (Viewer before = new Viewer(stream, Rendition.UNPROCESSED);
                Mat blue = new Mat(240, 320, opencv_core.CV_8UC3, new Scalar(255, 0, 0, 0))) {
            byte[] png = Pictures.encode(".png", blue);
            source.give(numbering -> new EncodedFrame(
                    Codec.PNG,
                    png,
                    true,
                    320,
                    240,
                    numbering.next(),
                    numbering.clock().nanos(),
                    Metadata.EMPTY));

            try (Mat decoded = Pictures.decode(Pictures.bytes(before.awaitPicture(1)));
                    Scalar mean = opencv_core.mean(decoded)) {
                assertThat(mean.get(0)).isGreaterThan(240);
                assertThat(mean.get(2)).isLessThan(15);
            }
        }
    }

    @Test
    void subscribe_severalViewers_encodeOnce_andNothingOnceTheyHaveLeft() throws Exception {
        LiveStream stream = start(new Blackener());
        try (Viewer one = new Viewer(stream, Rendition.UNPROCESSED);
                Viewer other = new Viewer(stream, Rendition.UNPROCESSED)) {
            source.raw();
            one.awaitPicture(1);
            other.awaitPicture(1);
            Await.until("counted", () -> unprocessed(stream).get(0).frames() == 1);

            assertThat(unprocessed(stream)).extracting(RenditionStatus::encodes).containsExactly(1L);
        }
        assertThat(unprocessed(stream)).isEmpty();
    }

    @Test
    void subscribe_whileAllJpegRenditionsAreTaken_stillHasItsPlace() throws Exception {
        LiveStream stream = start();
        List<Viewer> viewers = new ArrayList<>();
        for (int quality = 1; quality < Renditions.MOST; quality++) {
            viewers.add(new Viewer(stream, new Rendition.Jpeg(0, quality)));
        }
        viewers.add(new Viewer(stream, Rendition.UNPROCESSED));
        viewers.add(new Viewer(stream, Rendition.DEFAULT));
        assertThat(stream.status().renditions()).hasSize(Renditions.MOST + 1);
        viewers.forEach(Viewer::close);
    }

    @Test
    void sourceLost_slateForOthers_isNeverMadeOfAnUnprocessedFrame() throws Exception {
        LiveStream stream = start(new Blackener());
        try (Viewer before = new Viewer(stream, Rendition.UNPROCESSED)) {
            source.raw();
            before.awaitPicture(1);
            source.refuses = true;
            source.lose();
            before.awaitSlate(time);

            try (Viewer after = new Viewer(stream, Rendition.DEFAULT);
                    Mat slate = Pictures.decode(Pictures.bytes(after.awaitSlate(time)))) {
                assertThat(Pictures.brightness(slate.colRange(280, 320))).isLessThan(10);
            }
        }
    }

    private LiveStream start(FrameProcessor... processors) {
        List<NamedProcessor> named = new ArrayList<>();
        for (FrameProcessor processor : processors) {
            named.add(new NamedProcessor("step", () -> processor));
        }
        return registry.start("cam", source, Pipeline.of(named), false);
    }

    private static List<RenditionStatus> unprocessed(LiveStream stream) {
        return stream.status().renditions().stream()
                .filter(each -> !each.rendition().processed())
                .toList();
    }

    private static double brightness(EncodedFrame frame) {
        try (Mat decoded = Pictures.decode(Pictures.bytes(frame))) {
            return Pictures.brightness(decoded);
        }
    }

    /** Hides everything, and says so. */
    private static class Blackener implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            frame.mat().put(Scalar.all(0));
            frame.metadata().add(new Detection("secret", 1, new Box(0, 0, 1, 1)));
        }
    }
}
