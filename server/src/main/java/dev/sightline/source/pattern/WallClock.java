package dev.sightline.source.pattern;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** The time of day with milliseconds, in characters drawn once and then copied. */
final class WallClock implements AutoCloseable {
    /** The panel behind the characters, blue first. */
    static final int[] PANEL_BGR = {40, 22, 16};

    private static final String CHARACTERS = "0123456789:.";

    /** Characters are drawn this many times larger and scaled down, which smooths their edges. */
    private static final int OVERSAMPLING = 4;

    private final Layout layout;
    private final ZoneId zone = ZoneId.systemDefault();
    private final List<Mat> glyphs = new ArrayList<>();

    WallClock(Layout layout) {
        this.layout = layout;
        CHARACTERS.chars().forEach(character -> glyphs.add(glyph(String.valueOf((char) character))));
    }

    void paint(Mat picture, long captureNanos) {
        String text = text(captureNanos);
        for (int i = 0; i < text.length(); i++) {
            int x = layout.clockLeft() + i * layout.characterWidth();
            Mat glyph = glyphs.get(CHARACTERS.indexOf(text.charAt(i)));
            if (x >= 0 && x + glyph.cols() <= layout.width()) {
                copy(glyph, picture, x, layout.clockTop());
            }
        }
    }

    @Override
    public void close() {
        glyphs.forEach(Mat::close);
    }

    private String text(long captureNanos) {
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochSecond(0, captureNanos), zone);
        return digits(time.getHour(), 2) + ":" + digits(time.getMinute(), 2) + ":" + digits(time.getSecond(), 2) + "."
                + digits(time.getNano() / 1_000_000, 3);
    }

    private static String digits(int number, int count) {
        String text = Integer.toString(number);
        return "0".repeat(count - text.length()) + text;
    }

    private static void copy(Mat glyph, Mat picture, int x, int y) {
        try (Rect place = new Rect(x, y, glyph.cols(), glyph.rows());
                Mat target = picture.apply(place)) {
            glyph.copyTo(target);
        }
    }

    private Mat glyph(String character) {
        int width = layout.characterWidth() * OVERSAMPLING;
        int height = layout.characterHeight() * OVERSAMPLING;
        double scale = height / 31.0;
        int font = opencv_imgproc.FONT_HERSHEY_DUPLEX;
        int thickness = Math.max(1, height / 22);
        Mat small = new Mat();
        try (Scalar panel = new Scalar(PANEL_BGR[0], PANEL_BGR[1], PANEL_BGR[2], 0);
                Scalar white = new Scalar(250, 244, 238, 0);
                Mat large = new Mat(height, width, opencv_core.CV_8UC3, panel);
                Size extent = opencv_imgproc.getTextSize(character, font, scale, thickness, new int[1]);
                Point origin = new Point((width - extent.width()) / 2, (int) (height * 0.5 + 10.5 * scale));
                Size size = new Size(layout.characterWidth(), layout.characterHeight())) {
            opencv_imgproc.putText(
                    large, character, origin, font, scale, white, thickness, opencv_imgproc.LINE_AA, false);
            opencv_imgproc.resize(large, small, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        return small;
    }
}
