package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.Problems;
import dev.sightline.config.Values;
import dev.sightline.config.YamlReader;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.testkit.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void process_stepThatThrowsHalfway_leavesPictureAndMetadataAsTheyWere() {
        FrameProcessor before = frame -> frame.metadata().put("before", true);
        FrameProcessor broken = frame -> {
            frame.mat().put(Scalar.all(255));
            frame.metadata().add(new Detection("ghost", 1, new Box(0, 0, 1, 1)));
            throw new IllegalStateException("no luck");
        };
        FrameProcessor after = frame -> frame.metadata().put("after", true);
        try (Pipeline pipeline = pipeline(before, broken, after);
                Frame frame = black()) {
            pipeline.process(frame);

            assertThat(Pictures.brightness(frame.mat())).isZero();
            assertThat(frame.metadata().detections()).isEmpty();
            assertThat(frame.metadata().values()).containsOnlyKeys("before", "after");
            ProcessorStatus status = pipeline.statuses().get(1);
            assertThat(status.failures()).isEqualTo(1);
            assertThat(status.reason().orElseThrow()).isEqualTo("no luck (IllegalStateException)");
        }
    }

    @Test
    void process_stepThatReplacesThenThrows_givesTheOldPictureBack() {
        FrameProcessor broken = frame -> {
            frame.replace(new Mat(5, 5, opencv_core.CV_8UC3, Scalar.all(255)));
            throw new IllegalStateException("after the replacement");
        };
        try (Pipeline pipeline = pipeline(broken);
                Frame frame = black()) {
            pipeline.process(frame);

            assertThat(frame.width()).isEqualTo(64);
        }
    }

    @Test
    void process_fiveFailuresInTenSeconds_switchesTheStepOffForThirty() {
        AtomicInteger calls = new AtomicInteger();
        FrameProcessor broken = frame -> {
            calls.incrementAndGet();
            throw new IllegalStateException("always");
        };
        try (Pipeline pipeline = pipeline(broken);
                Frame frame = black()) {
            for (int i = 0; i < 10; i++) {
                pipeline.process(frame);
                now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
            assertThat(calls).hasValue(5);
            assertThat(pipeline.statuses().get(0).state()).isEqualTo(StepState.OFF);

            now.addAndGet(TimeUnit.SECONDS.toNanos(30));
            pipeline.process(frame);

            assertThat(calls).hasValue(6);
            assertThat(pipeline.statuses().get(0).state()).isEqualTo(StepState.FAILING);
        }
    }

    @Test
    void process_failuresFarApart_neverSwitchTheStepOff() {
        FrameProcessor broken = frame -> {
            throw new IllegalStateException("now and then");
        };
        try (Pipeline pipeline = pipeline(broken);
                Frame frame = black()) {
            for (int i = 0; i < 20; i++) {
                pipeline.process(frame);
                now.addAndGet(TimeUnit.SECONDS.toNanos(3));
            }
            assertThat(pipeline.statuses().get(0).failures()).isEqualTo(20);
        }
    }

    @Test
    void process_stepThatBreaksItsPicture_isNamed_andThePictureGoesOn() {
        Map<String, FrameProcessor> culprits = new LinkedHashMap<>();
        culprits.put("closed the frame", frame -> frame.mat().close());
        culprits.put("closed the frame it", Frame::close);
        culprits.put("an empty Mat", frame -> frame.mat().release());
        culprits.put("an empty Mat; release", frame -> frame.mat().create(new int[] {4, 4, 4}, opencv_core.CV_8U));
        culprits.put("CV_32FC3", frame -> frame.mat().convertTo(frame.mat(), opencv_core.CV_32F));
        culprits.put(
                "CV_8UC4", frame -> opencv_imgproc.cvtColor(frame.mat(), frame.mat(), opencv_imgproc.COLOR_BGR2BGRA));
        culprits.put("cannot hold a closed picture", frame -> {
            Mat own = new Mat(2, 2, opencv_core.CV_8UC3);
            own.close();
            frame.replace(own);
        });
        culprits.put("OutOfIdeas", frame -> {
            throw new OutOfIdeas();
        });
        culprits.forEach((words, culprit) -> {
            List<Integer> widths = new ArrayList<>();
            try (Pipeline pipeline = pipeline(culprit, frame -> widths.add(frame.width()));
                    Frame frame = black()) {
                assertThat(pipeline.process(frame)).as(words).isTrue();

                assertThat(widths).as(words).containsExactly(64);
                assertThat(pipeline.statuses().get(0).text())
                        .startsWith("step is failing: ")
                        .contains(words);
                assertThat(pipeline.statuses().get(1).inTrouble()).as(words).isFalse();
            }
        });
    }

    @Test
    void process_onlookerThatClosesThePicture_losesIt_andIsNamed() {
        try (Pipeline pipeline =
                        pipeline(new Onlooker(), frame -> frame.metadata().put("seen", true));
                Frame frame = black()) {
            assertThat(pipeline.process(frame)).isFalse();

            assertThat(pipeline.statuses().get(0).reason().orElseThrow()).startsWith("it closed the frame");
            assertThat(pipeline.statuses().get(1).processed()).isZero();
        }
    }

    @Test
    void process_requiredStepThatFailsOrIsOff_letsNoPictureThrough() {
        AtomicBoolean sound = new AtomicBoolean();
        try (Pipeline pipeline = pipeline(new Cover(sound))) {
            for (int i = 0; i < 7; i++) {
                try (Frame frame = black()) {
                    assertThat(pipeline.process(frame)).isFalse();
                }
            }
            assertThat(pipeline.changesPicture()).isTrue();
            assertThat(pipeline.statuses().get(0).state()).isEqualTo(StepState.OFF);
            assertThat(pipeline.standstill().orElseThrow())
                    .startsWith("processor step is off: no faces today")
                    .endsWith("no picture is shown without it");

            sound.set(true);
            now.addAndGet(TimeUnit.SECONDS.toNanos(31));
            try (Frame frame = black()) {
                assertThat(pipeline.process(frame)).isTrue();
            }
            assertThat(pipeline.standstill()).isEmpty();
            assertThat(pipeline.statuses().get(0).state()).isEqualTo(StepState.OK);
        }
    }

    @Test
    void status_stepThatFailedOnce_isFailingForTenSeconds() {
        AtomicBoolean failing = new AtomicBoolean(true);
        FrameProcessor moody = frame -> {
            if (failing.get()) {
                throw new IllegalStateException("a mood");
            }
        };
        try (Pipeline pipeline = pipeline(moody);
                Frame frame = black()) {
            pipeline.process(frame);
            failing.set(false);
            pipeline.process(frame);
            assertThat(pipeline.statuses().get(0).state()).isEqualTo(StepState.FAILING);

            now.addAndGet(TimeUnit.SECONDS.toNanos(11));

            assertThat(pipeline.statuses().get(0).state()).isEqualTo(StepState.OK);
        }
    }

    @Test
    void status_whileAStepIsBusyForTwoSeconds_isHanging() {
        List<ProcessorStatus> meanwhile = new ArrayList<>();
        List<Pipeline> self = new ArrayList<>();
        FrameProcessor slow = frame -> {
            now.addAndGet(TimeUnit.SECONDS.toNanos(3));
            meanwhile.addAll(self.get(0).statuses());
        };
        try (Pipeline pipeline = pipeline(slow);
                Frame frame = black()) {
            self.add(pipeline);
            pipeline.process(frame);
            assertThat(meanwhile.get(0).state()).isEqualTo(StepState.HANGING);

            pipeline.process(frame);

            assertThat(meanwhile.get(1).state())
                    .as("now that is its usual time")
                    .isEqualTo(StepState.OK);
        }
    }

    @Test
    void of_processorThatCannotBeMade_isNamed() {
        NamedProcessor broken = new NamedProcessor("blink", () -> {
            throw new IllegalStateException("no such file");
        });

        assertThatThrownBy(() -> Pipeline.of("cam", List.of(broken)))
                .isInstanceOf(ProcessorException.class)
                .hasMessage("processor 'blink' cannot be made: no such file (IllegalStateException)");
    }

    @Test
    void of_processorThatThrowsAnErrorOrIsNone_isNamed() {
        NamedProcessor unsure = new NamedProcessor("unsure", () -> {
            throw new AssertionError("a model has layers");
        });
        NamedProcessor none = new NamedProcessor("none", () -> null);

        assertThatThrownBy(() -> Pipeline.of(List.of(unsure)))
                .isInstanceOf(ProcessorException.class)
                .hasMessage("processor 'unsure' cannot be made: a model has layers (AssertionError)");
        assertThatThrownBy(() -> Pipeline.of(List.of(none)))
                .isInstanceOf(ProcessorException.class)
                .hasMessage("processor 'none' cannot be made: its factory returns null (NullPointerException)");
    }

    @Test
    void of_processorThatCannotSayWhatItIs_isNamedAndClosedLikeThoseBefore() {
        List<String> closed = new ArrayList<>();
        FrameProcessor before = new Mute(closed, "before", false);
        FrameProcessor mute = new Mute(closed, "mute", true);

        assertThatThrownBy(() -> pipeline(before, mute))
                .isInstanceOf(ProcessorException.class)
                .hasMessage("processor 'step' cannot be made: it depends (IllegalStateException)");
        assertThat(closed).containsExactly("mute", "before");
    }

    @Test
    void process_whatAProcessorSaysOfItself_isAskedOnce() {
        AtomicInteger asked = new AtomicInteger();
        FrameProcessor moody = new FrameProcessor() {
            @Override
            public void process(Frame frame) {
                throw new IllegalStateException("no faces today");
            }

            @Override
            public boolean changesPicture() {
                return asked.incrementAndGet() > 2;
            }

            @Override
            public boolean required() {
                return asked.incrementAndGet() <= 2;
            }
        };
        try (Pipeline pipeline = pipeline(moody);
                Frame frame = black()) {
            assertThat(pipeline.process(frame)).isFalse();
            assertThat(pipeline.standstill()).isPresent();
            assertThat(pipeline.changesPicture()).isTrue();
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void standstill_stepsBeforeTheOneThatWithholds_areNotNamedThoughBusy() {
        List<String> told = new ArrayList<>();
        List<Pipeline> self = new ArrayList<>();
        FrameProcessor busy = frame -> {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
            self.get(0).standstill().ifPresent(told::add);
        };
        try (Pipeline pipeline = pipeline(busy, new Cover(new AtomicBoolean()))) {
            self.add(pipeline);
            for (int i = 0; i < 6; i++) {
                try (Frame frame = black()) {
                    pipeline.process(frame);
                }
            }
        }
        assertThat(told)
                .as("at the first picture nothing is known yet")
                .hasSize(5)
                .allMatch(why -> why.endsWith("no picture is shown without it"));
    }

    @Test
    void process_stepThatTellsASecretOfItsParameters_isToldWithoutIt() {
        Problems problems = new Problems();
        YamlReader.read("${KEY}", "", problems, new Values(name -> Optional.of("s3cret"), Path.of("")));
        FrameProcessor broken = frame -> {
            throw new IllegalStateException("s3cret opens nothing");
        };
        NamedProcessor named = new NamedProcessor("step", () -> broken, problems.redaction(), true);
        try (Pipeline pipeline = Pipeline.of("", List.of(named), now::get);
                Frame frame = black()) {
            pipeline.process(frame);

            assertThat(pipeline.statuses().get(0).reason().orElseThrow()).startsWith("${KEY} opens nothing");
        }
    }

    @Test
    void process_stepThatInterruptsItsThread_doesNotEndTheStream() {
        try (Pipeline pipeline = pipeline(frame -> Thread.currentThread().interrupt());
                Frame frame = black()) {
            pipeline.process(frame);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void input_grayFirst_isDecodedStraightToGray() {
        try (Pipeline pipeline = pipeline(new GrayOnly());
                Frame frame = black()) {
            assertThat(pipeline.input()).isEqualTo(PixelFormat.GRAY);

            pipeline.process(frame);

            assertThat(frame.pixelFormat()).isEqualTo(PixelFormat.GRAY);
        }
    }

    @Test
    void process_colourStepAfterGray_getsColourAgain() {
        List<PixelFormat> seen = new ArrayList<>();
        try (Pipeline pipeline = pipeline(new GrayOnly(), frame -> seen.add(frame.pixelFormat()));
                Frame frame = black()) {
            pipeline.process(frame);

            assertThat(seen).containsExactly(PixelFormat.BGR);
        }
    }

    @Test
    void close_closesEveryProcessorOnce() {
        AtomicInteger closed = new AtomicInteger();
        FrameProcessor processor = new FrameProcessor() {
            @Override
            public void process(Frame frame) {}

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        pipeline(processor, processor).close();

        assertThat(closed).hasValue(2);
    }

    private Pipeline pipeline(FrameProcessor... processors) {
        List<NamedProcessor> named = new ArrayList<>();
        for (FrameProcessor processor : processors) {
            named.add(new NamedProcessor("step", () -> processor));
        }
        return Pipeline.of("stream 'cam': ", named, now::get);
    }

    private static Frame black() {
        return new Frame(1, 1, new Mat(48, 64, opencv_core.CV_8UC3, Scalar.all(0)));
    }

    private static final class GrayOnly implements FrameProcessor {
        @Override
        public void process(Frame frame) {}

        @Override
        public Set<PixelFormat> accepts() {
            return EnumSet.of(PixelFormat.GRAY);
        }
    }

    /** Says nothing of itself, if asked. */
    private record Mute(List<String> closed, String name, boolean mute) implements FrameProcessor {
        @Override
        public void process(Frame frame) {}

        @Override
        public boolean required() {
            if (mute) {
                throw new IllegalStateException("it depends");
            }
            return false;
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }

    private static final class OutOfIdeas extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Onlooker implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            frame.close();
        }

        @Override
        public boolean changesPicture() {
            return false;
        }
    }

    /** Hides something, where it can. */
    private record Cover(AtomicBoolean sound) implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            if (!sound.get()) {
                throw new IllegalStateException("no faces today");
            }
        }

        @Override
        public boolean changesPicture() {
            return false;
        }

        @Override
        public boolean required() {
            return true;
        }
    }
}
