package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processors that change where things are: resize, crop, flip, rotate. */
class GeometryTest {
    private static final List<Integer> RED = List.of(0, 0, 255);
    private static final List<Integer> BLACK = List.of(0, 0, 0);

    @ParameterizedTest
    @CsvSource({
        "resize:width=320, 320, 240",
        "resize:height=120, 160, 120",
        "resize:width=1280, 1280, 960",
        "resize:width=100:height=300, 100, 300",
        "resize:width=640:height=480, 640, 480",
        "resize:width=1, 1, 1",
        "crop:x=0.25:y=0.5, 480, 240",
        "crop:x=0.25:width=0.5:height=0.1, 320, 48",
        "crop, 640, 480",
        "crop:x=0.999:y=0.999, 1, 1",
        "rotate, 480, 640",
        "rotate:degrees=180, 640, 480",
        "rotate:degrees=-90, 480, 640",
        "rotate:degrees=360, 640, 480",
        "rotate:degrees=45, 792, 792",
        "flip, 640, 480",
    })
    void process_changesTheSize(String shorthand, int width, int height) throws Exception {
        try (Frame frame = Pictures.frame(Pictures.plain(640, 480, Color.WHITE))) {
            Pictures.run(frame, shorthand);
            assertThat(List.of(frame.width(), frame.height())).containsExactly(width, height);
        }
    }

    @Test
    void resize_ofAThreadOfAPicture_doesNotFillTheMemory() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.plain(1, 4000, Color.WHITE))) {
            Pictures.run(frame, "resize:width=100");
            assertThat(List.of(frame.width(), frame.height())).containsExactly(100, 8192);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flip",
        "flip:direction=vertical",
        "flip:direction=both",
        "rotate",
        "rotate:degrees=180",
        "rotate:degrees=270",
        "rotate:degrees=30",
        "rotate:degrees=-100",
        "crop:x=0.15:y=0.1:width=0.5:height=0.7",
        "resize:width=333:height=500"
    })
    void process_movesTheDetectionsWithThePicture(String shorthand) throws Exception {
        try (Frame frame = Pictures.frame(redIn(Color.BLACK))) {
            frame.metadata().add(new Detection("thing", 1, RED_BOX));
            Pictures.run(frame, shorthand);
            isWhere(frame.metadata().detections().get(0).box(), redSeen(frame));
        }
    }

    @ParameterizedTest
    @CsvSource({"flip", "rotate", "rotate:degrees=30", "crop:x=0.05:y=0.1:width=0.5:height=0.7", "resize:width=333"})
    void process_movesTheOverlayWithThePicture(String shorthand) throws Exception {
        try (Frame frame = Pictures.frame(redIn(Color.BLACK))) {
            double right = RED_BOX.x() + RED_BOX.width();
            double bottom = RED_BOX.y() + RED_BOX.height();
            List<List<Double>> corners = List.of(
                    List.of(RED_BOX.x(), RED_BOX.y()),
                    List.of(right, RED_BOX.y()),
                    List.of(right, bottom),
                    List.of(RED_BOX.x(), bottom));
            frame.metadata().put("overlay", Map.of("polygons", List.of(Map.of("points", corners))));
            Pictures.run(frame, shorthand);

            List<List<Double>> moved = points(frame.metadata().values().get("overlay"));
            double left =
                    moved.stream().mapToDouble(point -> point.get(0)).min().orElseThrow();
            double top = moved.stream().mapToDouble(point -> point.get(1)).min().orElseThrow();
            double width =
                    moved.stream().mapToDouble(point -> point.get(0)).max().orElseThrow() - left;
            double height =
                    moved.stream().mapToDouble(point -> point.get(1)).max().orElseThrow() - top;
            isWhere(new Box(left, top, width, height), redSeen(frame));
        }
    }

    @Test
    void flip_afterMotion_theBoxesAreWhereTheOutlinesAre() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion:color=red");
                FrameProcessor flip = BuiltIns.processor("flip")) {
            for (int step = 0; step < 30; step++) {
                try (Frame frame = Pictures.frame(Pictures.plain(640, 480, Color.BLACK))) {
                    Pictures.fill(frame.mat(), 40 + 8 * step, 100, 60, 60, Color.WHITE);
                    motion.process(frame);
                    flip.process(frame);
                    List<Detection> found = frame.metadata().detections();
                    if (found.size() == 1 && step > 10) {
                        isWhere(found.get(0).box(), redSeen(frame));
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no motion was found");
    }

    @SuppressWarnings("unchecked")
    private static List<List<Double>> points(Object overlay) {
        Map<String, List<Map<String, Object>>> shapes = (Map<String, List<Map<String, Object>>>) overlay;
        return (List<List<Double>>) shapes.get("polygons").get(0).get("points");
    }

    private static void isWhere(Box box, Box seen) {
        assertThat(box.x()).isCloseTo(seen.x(), within(0.006));
        assertThat(box.y()).isCloseTo(seen.y(), within(0.006));
        assertThat(box.width()).isCloseTo(seen.width(), within(0.012));
        assertThat(box.height()).isCloseTo(seen.height(), within(0.012));
    }

    @Test
    void crop_dropsADetectionThatIsNoLongerInThePicture() throws Exception {
        try (Frame frame = Pictures.frame(redIn(Color.BLACK))) {
            frame.metadata().add(new Detection("thing", 1, RED_BOX));
            Pictures.run(frame, "crop:x=0.6");
            assertThat(frame.metadata().detections()).isEmpty();
        }
    }

    @Test
    void rotate_byAQuarterTurn_putsTheTopLeftPixelTopRight() throws Exception {
        try (Frame frame = Pictures.frame(Pictures.plain(64, 48, Color.BLACK))) {
            Pictures.fill(frame.mat(), 0, 0, 1, 1, new Color(255, 0, 0));
            Pictures.run(frame, "rotate:degrees=90");
            assertThat(Pictures.pixel(frame, 47, 0)).isEqualTo(RED);
            assertThat(Pictures.pixel(frame, 0, 0)).isEqualTo(BLACK);
        }
    }

    @ParameterizedTest
    @CsvSource({"rotate:degrees=90,rotate:degrees=270", "rotate:degrees=180,rotate:degrees=180", "flip,flip"})
    void process_thereAndBack_losesNothing(String there, String back) throws Exception {
        try (Frame frame = Pictures.frame(Pictures.noise(63, 47, 1));
                Mat before = frame.mat().clone()) {
            Pictures.run(frame, there);
            assertThat(frame.width() == 63 && Pictures.same(frame.mat(), before))
                    .isFalse();
            Pictures.run(frame, back);
            assertThat(Pictures.same(frame.mat(), before)).isTrue();
        }
    }

    private static final Box RED_BOX = new Box(64 / 640.0, 96 / 480.0, 128 / 640.0, 48 / 480.0);

    /** A red rectangle where {@link #RED_BOX} is. */
    private static Mat redIn(Color background) {
        Mat picture = Pictures.plain(640, 480, background);
        Pictures.fill(picture, 64, 96, 128, 48, new Color(255, 0, 0));
        return picture;
    }

    /** The smallest box around all red pixels. */
    private static Box redSeen(Frame frame) {
        int left = frame.width();
        int top = frame.height();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                if (Pictures.pixel(frame, x, y).get(2) > 127) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new PixelRect(left, top, right - left, bottom - top).box(frame.width(), frame.height());
    }
}
