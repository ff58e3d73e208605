package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelateFacesTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {"pixelate-faces", "pixelate-faces:model=haar", "faces:draw=false,pixelate-faces"})
    void pixelate_leavesAFewBlocksOfTheFace_andReportsItOnce(String steps) throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait())) {
            assertThat(colours(frame)).hasSizeGreaterThan(1000);
            Pictures.run(frame, steps.split(","));
            assertThat(frame.metadata().detections())
                    .extracting(Detection::label)
                    .containsExactly("face");
            assertThat(colours(frame)).hasSizeLessThanOrEqualTo(8 * 8);
        }
    }

    @Test
    void pixelate_changesNothingBesidesTheFace() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait());
                Mat before = frame.mat().clone()) {
            Pictures.run(frame, "pixelate-faces");
            assertThat(samePart(frame.mat(), before, 0, 256, 512, 256)).isTrue();
            assertThat(samePart(frame.mat(), before, 310, 0, 202, 512)).isTrue();
            assertThat(samePart(frame.mat(), before, 190, 90, 60, 60)).isFalse();
        }
    }

    @Test
    void pixelate_coversAFaceThatAnEarlierStepHasFound() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.noise(400, 400, 3));
                Mat before = frame.mat().clone()) {
            frame.metadata().add(new Detection("face", 1, new Box(0.5, 0.5, 0.25, 0.25)));
            Pictures.run(frame, "pixelate-faces:margin=0");
            assertThat(samePart(frame.mat(), before, 200, 200, 100, 100)).isFalse();
            assertThat(samePart(frame.mat(), before, 0, 0, 400, 200)).isTrue();
            assertThat(frame.metadata().detections()).hasSize(1);
        }
    }

    @Test
    void pixelate_holdsThePlaceOfALostFace_forAsLongAsItIsTold() throws Exception {
        try (FrameProcessor pixelate = BuiltIns.processor("pixelate-faces:hold=500ms")) {
            try (Frame frame = new Frame(1, SECOND, Pictures.noise(400, 400, 3))) {
                frame.metadata().add(new Detection("face", 1, new Box(0.5, 0.5, 0.25, 0.25)));
                pixelate.process(frame);
            }
            assertThat(leavesUntouched(pixelate, SECOND + SECOND * 4 / 10)).isFalse();
            assertThat(leavesUntouched(pixelate, SECOND + SECOND * 6 / 10)).isTrue();
        }
    }

    /** The colours that the face consists of. */
    private static Set<List<Integer>> colours(Frame frame) {
        Set<List<Integer>> colours = new HashSet<>();
        PixelRect face = PixelRect.of(Pictures.FACE, frame.width(), frame.height());
        for (int y = face.y(); y < face.y() + face.height(); y++) {
            for (int x = face.x(); x < face.x() + face.width(); x++) {
                colours.add(Pictures.pixel(frame, x, y));
            }
        }
        return colours;
    }

    private static boolean leavesUntouched(FrameProcessor processor, long captureNanos) throws Exception {
        try (Frame frame = new Frame(2, captureNanos, Pictures.noise(400, 400, 3));
                Mat before = frame.mat().clone()) {
            processor.process(frame);
            return Pictures.same(frame.mat(), before);
        }
    }

    private static boolean samePart(Mat one, Mat other, int x, int y, int width, int height) {
        try (Rect rect = new Rect(x, y, width, height);
                Mat part = new Mat(one, rect);
                Mat otherPart = new Mat(other, rect)) {
            return Pictures.same(part, otherPart);
        }
    }
}
