package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacesTest {
    /** How well a found box must agree with one measured by eye (IoU). */
    private static final double WELL = 0.5;

    @ParameterizedTest
    @ValueSource(strings = {"blazeface", "blazeface-full", "haar"})
    void faces_inThePortrait_areOneAndWhereItIs(String model) throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait())) {
            Pictures.run(frame, "faces:model=" + model);
            assertOneFace(frame, Pictures.FACE);
        }
    }

    @ParameterizedTest
    @CsvSource({"blazeface, 420", "blazeface-full, 240", "haar, 240"})
    void faces_inACornerOfALargerPicture_areFoundThere(String model, int side) throws Exception {
        int x = 640 - side;
        int y = 480 - side;
        try (Frame frame = Pictures.frame(Pictures.portraitWithin(640, 480, side, x, y))) {
            Pictures.run(frame, "faces:model=" + model);
            assertOneFace(frame, Pictures.faceWithin(640, 480, side, x, y));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blazeface", "blazeface-full", "haar"})
    void faces_inAGrayPicture_areFoundInColourOrGray(String model) throws Exception {
        try (Frame drawn = Pictures.frame(Pictures.portrait());
                Frame lookedAt = Pictures.frame(Pictures.portrait())) {
            Pictures.run(drawn, "grayscale", "faces:model=" + model);
            assertOneFace(drawn, Pictures.FACE);
            assertThat(drawn.pixelFormat()).isEqualTo(PixelFormat.BGR);
            Pictures.run(lookedAt, "grayscale", "faces:draw=false:model=" + model);
            assertOneFace(lookedAt, Pictures.FACE);
            assertThat(lookedAt.pixelFormat()).isEqualTo(PixelFormat.GRAY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blazeface", "blazeface-full", "haar"})
    void faces_whereThereAreNone_areNotFound(String model) throws Exception {
        try (Frame plain = Pictures.frame(Pictures.plain(640, 480, new Color(120, 130, 140)));
                Frame noise = Pictures.frame(Pictures.noise(640, 480, 7))) {
            for (Frame frame : List.of(plain, noise)) {
                Pictures.run(frame, "faces:model=" + model);
                assertThat(frame.metadata().detections()).isEmpty();
            }
        }
    }

    @Test
    void faces_drawsAGreenBoxWhereTheFaceIs() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait());
                Mat before = frame.mat().clone()) {
            Pictures.run(frame, "faces");
            Box face = frame.metadata().detections().get(0).box();
            PixelRect box = PixelRect.of(face, 512, 512).even();
            List<Integer> green = List.of(0, 255, 0);
            assertThat(Pictures.pixel(frame, box.x(), box.y())).isEqualTo(green);
            assertThat(Pictures.pixel(frame, box.x() + 1, box.y() + 40)).isEqualTo(green);
            assertThat(Pictures.pixel(frame, box.x() + box.width() - 1, box.y() + box.height() - 1))
                    .isEqualTo(green);
            assertThat(Pictures.pixel(frame, box.x() + box.width(), box.y() + 40))
                    .isNotEqualTo(green);
            assertThat(Pictures.same(frame.mat(), before)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blazeface", "blazeface-full", "haar"})
    void faces_withoutDrawing_leavesThePictureUntouched(String model) throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait());
                Mat before = frame.mat().clone()) {
            Pictures.run(frame, "faces:draw=false:model=" + model);
            assertThat(frame.metadata().detections()).hasSize(1);
            assertThat(Pictures.same(frame.mat(), before)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blazeface", "haar"})
    void faces_smallerThanMinSize_areNotReported(String model) throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait())) {
            Pictures.run(frame, "faces:min-size=140:model=" + model);
            assertThat(frame.metadata().detections()).isEmpty();
        }
    }

    @Test
    void faces_belowMinScore_areNotReported() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portrait())) {
            Pictures.run(frame, "faces:min-score=0.98");
            assertThat(frame.metadata().detections()).isEmpty();
        }
    }

    @Test
    void faces_thenFlipAndResize_movesTheBoxesAlong() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.portraitWithin(640, 480, 400, 0, 80))) {
            Pictures.run(frame, "faces", "flip", "resize:width=320:height=480");
            Box before = Pictures.faceWithin(640, 480, 400, 0, 80);
            assertOneFace(frame, new Box(1 - before.x() - before.width(), before.y(), before.width(), before.height()));
        }
    }

    @Test
    void faces_foundAfterTheSameSteps_areWhereTheBoxesMovedTo() throws Exception {
        String[] steps = {"flip", "crop:x=0.3:y=0.02:width=0.5:height=0.6", "resize:width=500"};
        try (Frame moved = Pictures.frame(Pictures.portrait());
                Frame foundAfter = Pictures.frame(Pictures.portrait())) {
            Pictures.run(moved, "faces:draw=false");
            Pictures.run(moved, steps);
            Pictures.run(foundAfter, steps);
            Pictures.run(foundAfter, "faces");
            Box expected = foundAfter.metadata().detections().get(0).box();
            assertThat(moved.metadata().detections().get(0).box().overlap(expected))
                    .isGreaterThan(0.7);
        }
    }

    private static void assertOneFace(Frame frame, Box expected) {
        assertThat(frame.metadata().detections()).hasSize(1);
        Detection face = frame.metadata().detections().get(0);
        assertThat(face.label()).isEqualTo("face");
        assertThat(face.score()).isGreaterThan(0.5);
        assertThat(face.box().overlap(expected))
                .as("%s and %s", face.box(), expected)
                .isGreaterThanOrEqualTo(WELL);
    }
}
