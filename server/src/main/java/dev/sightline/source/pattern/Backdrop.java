package dev.sightline.source.pattern;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** The still parts of the test pattern: a dark sky of three lights, a grid, the disc's orbit, panel and label. */
final class Backdrop {
    /** Red, yellow, green, cyan, blue, magenta: swapped red and blue are visible at once. */
    private static final int[][] COLOURS_BGR = {
        {60, 60, 235}, {40, 190, 250}, {110, 205, 70}, {230, 200, 40}, {245, 110, 60}, {200, 70, 210}
    };

    private static final double[] SKY_BGR = {38, 21, 15};
    private static final Light[] LIGHTS = {
        new Light(0.12, 0.10, 0.45, 120, 62, 30),
        new Light(0.92, 0.30, 0.38, 96, 18, 78),
        new Light(0.55, 1.00, 0.42, 92, 84, 0)
    };

    /** A soft light in the sky: place and reach in fractions of the frame, and its colour. */
    private record Light(double x, double y, double reach, double blue, double green, double red) {
        double[] falloff(double center, int length) {
            double[] falloff = new double[length];
            for (int i = 0; i < length; i++) {
                double distance = ((i + 0.5) / length - center) / reach;
                falloff[i] = Math.exp(-distance * distance);
            }
            return falloff;
        }
    }

    private Backdrop() {}

    static Mat paint(Layout layout, int fps) {
        Mat picture = sky(layout);
        grid(picture, layout);
        orbit(picture, layout);
        panel(picture, layout);
        label(picture, layout, layout.width() + " x " + layout.height() + "   " + fps + " fps");
        colourBar(picture, layout);
        return picture;
    }

    private static Mat sky(Layout layout) {
        int width = layout.width();
        int height = layout.height();
        Mat picture = new Mat(height, width, opencv_core.CV_8UC3);
        ByteBuffer pixels = picture.createBuffer();
        double[][] across = new double[LIGHTS.length][];
        double[][] down = new double[LIGHTS.length][];
        for (int i = 0; i < LIGHTS.length; i++) {
            across[i] = LIGHTS[i].falloff(LIGHTS[i].x(), width);
            down[i] = LIGHTS[i].falloff(LIGHTS[i].y(), height);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double blue = SKY_BGR[0];
                double green = SKY_BGR[1];
                double red = SKY_BGR[2];
                for (int i = 0; i < LIGHTS.length; i++) {
                    double strength = across[i][x] * down[i][y];
                    blue += strength * LIGHTS[i].blue();
                    green += strength * LIGHTS[i].green();
                    red += strength * LIGHTS[i].red();
                }
                double dither = dither(x, y);
                pixels.put((byte) (blue + dither)).put((byte) (green + dither)).put((byte) (red + dither));
            }
        }
        return picture;
    }

    /** 0 to 1, so that smooth colours show no bands: interleaved gradient noise (J. Jimenez, 2014). */
    private static double dither(int x, int y) {
        double value = 52.9829189 * ((0.06711056 * x + 0.00583715 * y) % 1.0);
        return value - Math.floor(value);
    }

    private static void grid(Mat picture, Layout layout) {
        int step = Math.max(8, layout.width() / 16);
        for (int x = layout.width() / 2 % step; x < layout.width(); x += step) {
            lighten(picture, x, 0, 1, layout.floor());
        }
        for (int y = (int) layout.centerY() % step; y < layout.floor(); y += step) {
            lighten(picture, 0, y, layout.width(), 1);
        }
    }

    private static void lighten(Mat picture, int x, int y, int width, int height) {
        try (Rect place = new Rect(x, y, width, height);
                Mat line = picture.apply(place);
                Mat light = new Mat(height, width, opencv_core.CV_8UC3, Scalar.all(12))) {
            opencv_core.add(line, light, line);
        }
    }

    private static void orbit(Mat picture, Layout layout) {
        try (Point center = new Point((int) layout.centerX(), (int) layout.centerY());
                Size radii = new Size((int) layout.orbitX(), (int) layout.orbitY());
                Scalar colour = new Scalar(120, 96, 84, 0)) {
            int thickness = Math.max(1, layout.height() / 400);
            opencv_imgproc.ellipse(picture, center, radii, 0, 0, 360, colour, thickness, opencv_imgproc.LINE_AA, 0);
        }
    }

    /** The clock's background: a rectangle with round ends. */
    private static void panel(Mat picture, Layout layout) {
        int pad = layout.characterHeight() / 4;
        int radius = layout.characterHeight() / 2 + pad;
        int middle = layout.clockTop() + layout.characterHeight() / 2;
        int left = layout.clockLeft();
        int right = left + Layout.CLOCK_CHARACTERS * layout.characterWidth();
        try (Scalar colour = new Scalar(WallClock.PANEL_BGR[0], WallClock.PANEL_BGR[1], WallClock.PANEL_BGR[2], 0);
                Point start = new Point(left, middle);
                Point end = new Point(right, middle);
                Point topLeft = new Point(left, middle - radius);
                Point bottomRight = new Point(right, middle + radius)) {
            opencv_imgproc.circle(picture, start, radius, colour, opencv_imgproc.FILLED, opencv_imgproc.LINE_AA, 0);
            opencv_imgproc.circle(picture, end, radius, colour, opencv_imgproc.FILLED, opencv_imgproc.LINE_AA, 0);
            opencv_imgproc.rectangle(
                    picture, topLeft, bottomRight, colour, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
        }
    }

    private static void label(Mat picture, Layout layout, String text) {
        double scale = layout.characterHeight() / 80.0;
        int font = opencv_imgproc.FONT_HERSHEY_SIMPLEX;
        int thickness = Math.max(1, layout.height() / 480);
        try (Size extent = opencv_imgproc.getTextSize(text, font, scale, thickness, new int[1]);
                Point origin = new Point(
                        (layout.width() - extent.width()) / 2,
                        layout.clockTop() + 2 * layout.characterHeight() + extent.height() / 2);
                Scalar colour = new Scalar(190, 170, 160, 0)) {
            opencv_imgproc.putText(
                    picture, text, origin, font, scale, colour, thickness, opencv_imgproc.LINE_AA, false);
        }
    }

    private static void colourBar(Mat picture, Layout layout) {
        for (int i = 0; i < COLOURS_BGR.length; i++) {
            int left = i * layout.width() / COLOURS_BGR.length;
            int right = (i + 1) * layout.width() / COLOURS_BGR.length;
            int[] bgr = COLOURS_BGR[i];
            try (Scalar colour = new Scalar(bgr[0], bgr[1], bgr[2], 0);
                    Point topLeft = new Point(left, layout.floor());
                    Point bottomRight = new Point(right - 1, layout.stripTop() - 1)) {
                opencv_imgproc.rectangle(
                        picture, topLeft, bottomRight, colour, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
            }
        }
    }
}
