package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Frame;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlineTest {

    @ParameterizedTest
    @CsvSource({"100, 100, 60, 40", "101, 101, 60, 40", "101, 100, 61, 41", "100, 101, 61, 40", "0, 0, 320, 240"})
    void draw_anywhere_keepsItsColourWhereColourIsHalved(int x, int y, int width, int height) {
        PixelRect place = new PixelRect(x, y, width, height);
        try (Mat picture = Pictures.plain(320, 240, new Color(0, 0, 160))) {
            new Outline(Color.of("yellow")).draw(picture, place.box(320, 240));
            try (Frame frame = Pictures.frame(halved(picture))) {
                PixelRect drawn = place.even();
                int right = drawn.x() + drawn.width();
                int bottom = drawn.y() + drawn.height();
                assertYellow(frame, drawn.x(), y + height / 2);
                assertYellow(frame, right - 2, y + height / 2);
                assertYellow(frame, x + width / 2, drawn.y());
                assertYellow(frame, x + width / 2, bottom - 2);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 1, 1", "4, 4, 2, 1", "319, 239, 1, 1", "7, 7, 3, 3"})
    void draw_aTinyBox_touchesNothingAroundIt(int x, int y, int width, int height) {
        try (Frame frame = Pictures.frame(Pictures.plain(320, 240, Color.BLACK))) {
            new Outline(Color.WHITE).draw(frame.mat(), new PixelRect(x, y, width, height).box(320, 240));
            for (int row = 0; row < 240; row++) {
                for (int column = 0; column < 320; column++) {
                    boolean inside = column >= x && column < x + width && row >= y && row < y + height;
                    if (!inside) {
                        assertThat(Pictures.pixel(frame, column, row)).containsOnly(0);
                    }
                }
            }
        }
    }

    /** Both pixels of the line's thickness have the colour, as nearly as compression keeps it. */
    private static void assertYellow(Frame frame, int x, int y) {
        for (List<Integer> pixel : List.of(Pictures.pixel(frame, x, y), Pictures.pixel(frame, x + 1, y))) {
            assertThat(pixel.get(0)).isLessThan(100);
            assertThat(pixel.get(1)).isGreaterThan(190);
            assertThat(pixel.get(2)).isGreaterThan(190);
        }
    }

    /** What JPEG with 4:2:0 makes of it. */
    private static Mat halved(Mat picture) {
        try (BytePointer jpeg = new BytePointer();
                IntPointer options = new IntPointer(
                        opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
                        95,
                        opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
                        opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420)) {
            opencv_imgcodecs.imencode(".jpg", picture, jpeg, options);
            try (Mat bytes = new Mat(1, (int) jpeg.limit(), opencv_core.CV_8UC1, jpeg)) {
                return opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_COLOR);
            }
        }
    }
}
