package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.PixelFormat;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.ViewerInput;
import dev.sightline.testkit.Pictures;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

class InteractiveProcessorTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void inputs_severalSteps_areTogetherAndInOrder() {
        try (Pipeline pipeline = pipeline(new Clicked("key", "click"), frame -> {}, new Clicked("click"))) {
            assertThat(pipeline.inputs()).containsExactly("click", "key");
        }
        try (Pipeline pipeline = pipeline(frame -> {})) {
            assertThat(pipeline.inputs()).isEmpty();
        }
    }

    @Test
    void input_picture_isThatOfTheStepsInputOfItsNumber() {
        FrameProcessor brightens = frame -> frame.mat().put(Scalar.all(100 + frame.seq()));
        Clicked first = new Clicked("click");
        Clicked last = new Clicked("click");
        try (Pipeline pipeline = pipeline(first, brightens, last)) {
            process(pipeline, 1, 2, 3);

            pipeline.input(click(2), InteractiveProcessorTest::undecodable);

            assertThat(first.brightness).containsExactly(2.0);
            assertThat(last.brightness).containsExactly(102.0);
        }
    }

    @Test
    void input_unchangedImage_isDecodedInTheStepsLayoutAndAChangedOneIsACopy() {
        Clicked gray = new Clicked("click") {
            @Override
            public Set<PixelFormat> accepts() {
                return EnumSet.of(PixelFormat.GRAY);
            }
        };
        Clicked behind = new Clicked("click");
        List<Long> decoded = new ArrayList<>();
        try (Pipeline pipeline = pipeline(gray, behind);
                Frame frame = frame(5, 50)) {
            EncodedFrame image = EncodedFrame.mjpeg(new byte[10], 40, 30, 5, 5, Metadata.EMPTY);
            pipeline.process(frame, Optional.of(image));

            pipeline.input(click(5), (encoded, format) -> {
                decoded.add(encoded.seq());
                return frame(encoded.seq(), 60);
            });

            assertThat(decoded).containsExactly(5L);
            assertThat(gray.layouts).containsExactly(PixelFormat.GRAY);
            assertThat(gray.brightness)
                    .singleElement()
                    .satisfies(mean -> assertThat(mean).isCloseTo(60, within(0.1)));
            assertThat(behind.brightness).containsExactly(50.0);
        }
    }

    @Test
    void input_tooOldOrWithoutANumber_comesWithoutPicture() {
        Clicked clicked = new Clicked("click");
        try (Pipeline pipeline = pipeline(clicked)) {
            process(pipeline, 1);
            pipeline.input(click(0), InteractiveProcessorTest::undecodable);
            now.addAndGet(TimeUnit.SECONDS.toNanos(2) + 1);
            pipeline.input(click(1), InteractiveProcessorTest::undecodable);

            assertThat(clicked.inputs).extracting(ViewerInput::seq).containsExactly(0L, 1L);
            assertThat(clicked.brightness).isEmpty();
        }
    }

    @Test
    void close_pipeline_freesWhatItKept() {
        long before = FrameHistory.COPIES.taken();
        try (Pipeline pipeline = pipeline(frame -> {}, new Clicked("click"))) {
            process(pipeline, 1, 2, 3);
            assertThat(FrameHistory.COPIES.taken()).isEqualTo(before + 3 * 40 * 30 * 3);
        }
        assertThat(FrameHistory.COPIES.taken()).isEqualTo(before);
    }

    @Test
    void process_noStepTakesInput_keepsNothing() {
        long before = FrameHistory.COPIES.taken();
        try (Pipeline pipeline = pipeline(frame -> {})) {
            process(pipeline, 1, 2, 3);
            assertThat(FrameHistory.COPIES.taken()).isEqualTo(before);
        }
    }

    @Test
    void input_ofAnotherName_reachesOnlyWhoTakesIt() {
        Clicked clicks = new Clicked("click");
        Clicked keys = new Clicked("key");
        try (Pipeline pipeline = pipeline(clicks, keys)) {
            pipeline.input(new ViewerInput("key", 0, Map.of("key", "a")), InteractiveProcessorTest::undecodable);

            assertThat(clicks.inputs).isEmpty();
            assertThat(keys.inputs).hasSize(1);
        }
    }

    @Test
    void input_thatFails_costsNeitherFramesNorTheStep() {
        Clicked clicked = new Clicked("click") {
            @Override
            public void input(ViewerInput input, Optional<Frame> shown) {
                super.input(input, shown);
                input.x();
            }
        };
        try (Pipeline pipeline = pipeline(clicked)) {
            for (int i = 1; i <= 10; i++) {
                pipeline.input(new ViewerInput("click", i, Map.of()), InteractiveProcessorTest::undecodable);
                process(pipeline, i);
            }
            ProcessorStatus status = pipeline.statuses().get(0);
            assertThat(clicked.inputs).hasSize(10);
            assertThat(status.state()).isEqualTo(StepState.OK);
            assertThat(status.processed()).isEqualTo(10);
            assertThat(status.failures()).isZero();
        }
    }

    @Test
    void input_duringTheCall_countsAsBusy() {
        List<Optional<String>> told = new ArrayList<>();
        Pipeline[] made = new Pipeline[1];
        Clicked slow = new Clicked("click") {
            @Override
            public void input(ViewerInput input, Optional<Frame> shown) {
                now.addAndGet(TimeUnit.SECONDS.toNanos(3));
                told.add(made[0].standstill());
            }
        };
        try (Pipeline pipeline = pipeline(slow)) {
            made[0] = pipeline;
            pipeline.input(click(0), InteractiveProcessorTest::undecodable);

            assertThat(told.get(0).orElseThrow()).contains("processor step0 does not finish");
            assertThat(pipeline.standstill()).isEmpty();
        }
    }

    private Pipeline pipeline(FrameProcessor... processors) {
        List<NamedProcessor> named = new ArrayList<>();
        for (FrameProcessor processor : processors) {
            named.add(new NamedProcessor("step" + named.size(), () -> processor));
        }
        return Pipeline.of("", named, now::get);
    }

    private static void process(Pipeline pipeline, long... numbers) {
        for (long seq : numbers) {
            try (Frame frame = frame(seq, (int) seq)) {
                pipeline.process(frame);
            }
        }
    }

    private static ViewerInput click(long seq) {
        return new ViewerInput("click", seq, Map.of("x", 0.5, "y", 0.5));
    }

    private static Frame undecodable(EncodedFrame image, PixelFormat format) {
        throw new AssertionError("nothing is to be decoded");
    }

    private static Frame frame(long seq, int brightness) {
        return new Frame(seq, seq, new Mat(30, 40, opencv_core.CV_8UC3, Scalar.all(brightness)));
    }

    /** Notes what it is given. */
    private static class Clicked implements InteractiveProcessor {
        final List<ViewerInput> inputs = new ArrayList<>();
        final List<Double> brightness = new ArrayList<>();
        final List<PixelFormat> layouts = new ArrayList<>();
        private final Set<String> names;

        Clicked(String... names) {
            this.names = Set.of(names);
        }

        @Override
        public Set<String> inputs() {
            return names;
        }

        @Override
        public void input(ViewerInput input, Optional<Frame> shown) {
            inputs.add(input);
            shown.ifPresent(frame -> {
                brightness.add(Pictures.brightness(frame.mat()));
                layouts.add(frame.pixelFormat());
            });
        }

        @Override
        public void process(Frame frame) {
            // Looks at nothing.
        }
    }
}
