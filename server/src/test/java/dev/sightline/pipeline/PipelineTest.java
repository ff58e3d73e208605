package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.testkit.Pictures;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.opencv.global.opencv_core;
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
            assertThat(status.lastFailure()).contains("no luck");
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
            assertThat(pipeline.statuses().get(0).switchedOff()).isTrue();

            now.addAndGet(TimeUnit.SECONDS.toNanos(30));
            pipeline.process(frame);

            assertThat(calls).hasValue(6);
            assertThat(pipeline.statuses().get(0).switchedOff()).isFalse();
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
        return Pipeline.of(named, now::get);
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
}
