package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import java.util.List;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.junit.jupiter.api.Test;

class MotionTest {
    private static final int MARKER = 60;

    @Test
    void motion_ofAMarkerBeforeBars_isFoundWhereItIs() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion:bottom=0.9")) {
            for (int number = 0; number < 120; number++) {
                try (Frame frame = Pictures.frame(scene(number))) {
                    motion.process(frame);
                    if (number > 40) {
                        assertThat(frame.metadata().detections()).hasSize(1);
                        Detection found = frame.metadata().detections().get(0);
                        assertThat(found.label()).isEqualTo("motion");
                        assertThat(found.box().overlap(marker(number))).isGreaterThan(0.6);
                        assertThat((double) frame.metadata().values().get("motion"))
                                .isBetween(0.005, 0.05);
                    }
                }
            }
        }
    }

    @Test
    void motion_outsideTheRegion_isNeitherFoundNorPaintedOver() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion:bottom=0.9");
                Rect strip = new Rect(0, 440, 640, 40)) {
            for (int number = 0; number < 60; number++) {
                try (Frame frame = Pictures.frame(scene(number));
                        Mat numberBlocks = new Mat(frame.mat(), strip);
                        Mat before = numberBlocks.clone()) {
                    motion.process(frame);
                    assertThat(Pictures.same(numberBlocks, before)).isTrue();
                    assertThat(frame.metadata().detections())
                            .allMatch(found -> found.box().y() + found.box().height() < 0.901);
                }
            }
        }
    }

    @Test
    void motion_withoutDrawing_leavesThePictureUntouched() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion:draw=false")) {
            int found = 0;
            for (int number = 0; number < 20; number++) {
                try (Frame frame = Pictures.frame(scene(number));
                        Mat before = frame.mat().clone()) {
                    motion.process(frame);
                    assertThat(Pictures.same(frame.mat(), before)).isTrue();
                    found += frame.metadata().detections().size();
                }
            }
            assertThat(found).isPositive();
        }
    }

    @Test
    void motion_ofSensorNoise_isNotReported() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion")) {
            for (int number = 0; number < 30; number++) {
                try (Frame frame = Pictures.frame(noisy(number))) {
                    motion.process(frame);
                    assertThat(frame.metadata().detections()).isEmpty();
                }
            }
        }
    }

    @Test
    void motion_thatHasEnded_isNoLongerReported() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion:bottom=0.9")) {
            for (int number = 0; number < 50; number++) {
                process(motion, scene(number));
            }
            List<Detection> atRest = List.of();
            for (int again = 0; again < 15; again++) {
                atRest = process(motion, scene(50));
            }
            assertThat(atRest).isEmpty();
        }
    }

    @Test
    void motion_atACutOrAnotherSize_startsAfresh() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion")) {
            process(motion, Pictures.plain(640, 480, Color.BLACK));
            assertThat(process(motion, Pictures.plain(640, 480, Color.WHITE))).isEmpty();
            assertThat(process(motion, Pictures.plain(320, 480, Color.BLACK))).isEmpty();
            assertThat(process(motion, Pictures.plain(320, 480, Color.BLACK))).isEmpty();
        }
    }

    @Test
    void motion_smallerThanMinArea_isNotReported() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion:bottom=0.9:min-area=0.2")) {
            for (int number = 0; number < 30; number++) {
                assertThat(process(motion, scene(number))).isEmpty();
            }
        }
    }

    @Test
    void motion_ofTheSecondsOfACamerasClock_isNotReported() throws Exception {
        for (int fps : List.of(5, 12, 25)) {
            try (FrameProcessor motion = BuiltIns.processor("motion")) {
                for (int number = 0; number < 14 * fps; number++) {
                    assertThat(process(motion, clock(number / fps)))
                            .as("picture %d of %d a second", number, fps)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void motion_besideRunningDigits_isFoundAlone() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion")) {
            for (int number = 0; number < 150; number++) {
                Mat picture = clock(number * 33);
                Pictures.fill(picture, markerX(number) * 3 / 4, 400, MARKER, MARKER, Color.WHITE);
                List<Detection> found = process(motion, picture);
                if (number > 45) {
                    assertThat(found).as("picture %d", number).hasSize(1);
                    assertThat(found.get(0).box().y()).isGreaterThan(0.7);
                }
            }
        }
    }

    @Test
    void motion_ofAHandThatWavesInOnePlace_goesOnBeingFound() throws Exception {
        try (FrameProcessor motion = BuiltIns.processor("motion")) {
            for (int number = 0; number < 200; number++) {
                Mat picture = Pictures.plain(640, 480, new Color(40, 60, 80));
                // Twice a second there and back, at 30 pictures a second.
                int x = 300 + (int) Math.round(60 * Math.sin(2 * Math.PI * number / 15));
                Pictures.fill(picture, number == 0 ? 0 : x, 180, 80, 100, new Color(200, 160, 140));
                List<Detection> found = process(motion, picture);
                if (number > 5) {
                    assertThat(found).as("picture %d", number).isNotEmpty();
                }
            }
        }
    }

    /** Four digits of seven segments, the last changing with every count, as on a camera's picture. */
    private static Mat clock(int count) {
        int[] segments = {0x77, 0x24, 0x5d, 0x6d, 0x2e, 0x6b, 0x7b, 0x25, 0x7f, 0x6f};
        Mat picture = Pictures.plain(640, 480, new Color(30, 40, 50));
        for (int digit = 0; digit < 4; digit++) {
            int lit = segments[count / (int) Math.pow(10, 3 - digit) % 10];
            int left = 200 + digit * 27;
            for (int segment = 0; segment < 7; segment++) {
                boolean flat = segment % 3 == 0;
                int x = left + (segment == 2 || segment == 5 ? 14 : 0);
                int y = 100 + (segment / 3) * 28 + (flat ? 0 : 4);
                if ((lit >> segment & 1) != 0) {
                    Pictures.fill(picture, x, y, flat ? 18 : 4, flat ? 6 : 24, Color.WHITE);
                }
            }
        }
        return picture;
    }

    private static List<Detection> process(FrameProcessor motion, Mat picture) throws Exception {
        try (Frame frame = Pictures.frame(picture)) {
            motion.process(frame);
            return List.copyOf(frame.metadata().detections());
        }
    }

    /** Colour bars, a white marker that crosses them, and at the bottom blocks that change with every picture. */
    private static Mat scene(int number) {
        Mat picture = Pictures.plain(640, 480, Color.BLACK);
        for (int bar = 0; bar < 8; bar++) {
            Pictures.fill(picture, bar * 80, 0, 80, 480, new Color(30 * bar, 200 - 20 * bar, bar * 77 % 256));
        }
        Pictures.fill(picture, markerX(number), 200, MARKER, MARKER, Color.WHITE);
        Random blocks = new Random(number);
        for (int block = 0; block < 32; block++) {
            Pictures.fill(picture, block * 20, 440, 20, 40, blocks.nextBoolean() ? Color.BLACK : Color.WHITE);
        }
        return picture;
    }

    private static int markerX(int number) {
        return 20 + number * 4;
    }

    private static Box marker(int number) {
        return new PixelRect(markerX(number), 200, MARKER, MARKER).box(640, 480);
    }

    private static Mat noisy(int seed) {
        byte[] bytes = new byte[320 * 240 * 3];
        Random random = new Random(seed);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(255, 128 + 15 * random.nextGaussian()));
        }
        Mat picture = Pictures.plain(320, 240, Color.BLACK);
        picture.data().put(bytes);
        return picture;
    }
}
