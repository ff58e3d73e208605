package dev.sightline.source.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.PatternNumber;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberStripTest {
    private static final long[] NUMBERS = {1, 2, 3, 255, 256, 0x5555_5555L, 0xAAAA_AAAAL, 0xFFFF_FFFEL, 123_456_789L};

    @ParameterizedTest
    @CsvSource({"640,480", "160,120", "160,90", "1920,1080", "81,16", "333,777", "100,8192"})
    void read_painted_isTheNumber(int width, int height) {
        try (PatternPainter painter = new PatternPainter(width, height, 30)) {
            for (long number : NUMBERS) {
                try (Mat picture = painter.paint(number, 0)) {
                    assertThat(PatternNumber.read(picture)).hasValue(number);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"640,480", "1280,720", "320,240", "500,281"})
    void read_grayScaledTo160AndJpeg50Twice_isStillTheNumber(int width, int height) {
        Random random = new Random(7);
        try (PatternPainter painter = new PatternPainter(width, height, 30)) {
            for (int i = 0; i < 60; i++) {
                long number = random.nextInt() & 0xFFFF_FFFFL;
                try (Mat picture = painter.paint(number, i);
                        Mat gray = new Mat();
                        Mat small = new Mat();
                        Size size = new Size(160, 160 * height / width)) {
                    opencv_imgproc.cvtColor(jpeg50(picture), gray, opencv_imgproc.COLOR_BGR2GRAY);
                    int scaling = i % 2 == 0 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
                    opencv_imgproc.resize(gray, small, size, 0, 0, scaling);
                    assertThat(PatternNumber.read(jpeg50(small))).hasValue(number);
                }
            }
        }
    }

    @Test
    void read_oneCellFlipped_isNoNumber() {
        try (PatternPainter painter = new PatternPainter(640, 480, 30)) {
            for (int cell = 0; cell < NumberStrip.CELLS; cell++) {
                try (Mat picture = painter.paint(987_654_321, 0)) {
                    flip(picture, cell);
                    assertThat(PatternNumber.read(picture)).isEmpty();
                }
            }
        }
    }

    @Test
    void read_blackWhiteAndNoise_isNoNumber() {
        for (double level : new double[] {0, 128, 255}) {
            try (Mat flat = new Mat(480, 640, opencv_core.CV_8UC3, Scalar.all(level))) {
                assertThat(PatternNumber.read(flat)).isEmpty();
            }
        }
        assertThat(PatternNumber.read(160, 120, (x, y) -> (x ^ y) & 0xFF)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void check_allZeroAndAllOne_differsFromTheNumberBits() {
        assertThat(NumberStrip.check(0)).isNotZero();
        assertThat(NumberStrip.check(0xFFFF_FFFFL)).isNotEqualTo(0xFF);
    }

    private static void flip(Mat picture, int cell) {
        ByteBuffer pixels = picture.createBuffer();
        int cellWidth = picture.cols() / NumberStrip.CELLS;
        for (int y = picture.rows() * 11 / 12; y < picture.rows(); y++) {
            for (int i = cell * cellWidth * 3; i < (cell + 1) * cellWidth * 3; i++) {
                int at = y * picture.cols() * 3 + i;
                pixels.put(at, (byte) ~pixels.get(at));
            }
        }
    }

    private static Mat jpeg50(Mat picture) {
        try (BytePointer jpeg = new BytePointer();
                IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 50)) {
            opencv_imgcodecs.imencode(".jpg", picture, jpeg, quality);
            try (Mat encoded = new Mat(jpeg)) {
                return opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR);
            }
        }
    }
}
