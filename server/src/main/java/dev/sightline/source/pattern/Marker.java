package dev.sightline.source.pattern;

import dev.sightline.frame.Box;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * A bright disc with a glow that circles the frame's middle once in {@value #ORBIT_SECONDS} seconds, clockwise from the right:
 * {@code x = cx + rx cos a}, {@code y = cy + ry sin a}, where {@code a = 2 pi number / (fps * 6)}.
 */
final class Marker implements AutoCloseable {
    static final int ORBIT_SECONDS = 6;

    /** The glow extends to this many radii. */
    private static final double REACH = 2.6;

    private static final double[] GLOW_BGR = {70, 150, 255};

    private final Layout layout;
    private final int fps;
    private final int half;
    private final Mat sprite;

    Marker(Layout layout, int fps) {
        this.layout = layout;
        this.fps = fps;
        this.half = (int) Math.ceil(REACH * layout.markerRadius());
        this.sprite = sprite(layout.markerRadius(), half);
    }

    /** Adds the disc's light to the frame; parts outside are cut off. */
    void paint(Mat picture, long number) {
        int left = (int) Math.round(x(number)) - half;
        int top = (int) Math.round(y(number)) - half;
        int x0 = Math.max(0, left);
        int y0 = Math.max(0, top);
        int width = Math.min(layout.width(), left + sprite.cols()) - x0;
        int height = Math.min(layout.floor(), top + sprite.rows()) - y0;
        if (width <= 0 || height <= 0) {
            return;
        }
        try (Rect to = new Rect(x0, y0, width, height);
                Rect from = new Rect(x0 - left, y0 - top, width, height);
                Mat target = picture.apply(to);
                Mat light = sprite.apply(from)) {
            opencv_core.add(target, light, target);
        }
    }

    /** The disc without its glow. */
    Box box(long number) {
        double radius = layout.markerRadius();
        return new Box(
                (x(number) - radius) / layout.width(),
                (y(number) - radius) / layout.height(),
                2 * radius / layout.width(),
                2 * radius / layout.height());
    }

    @Override
    public void close() {
        sprite.close();
    }

    private double x(long number) {
        return layout.centerX() + layout.orbitX() * Math.cos(angle(number));
    }

    private double y(long number) {
        return layout.centerY() + layout.orbitY() * Math.sin(angle(number));
    }

    private double angle(long number) {
        int period = fps * ORBIT_SECONDS;
        return 2 * Math.PI * Math.floorMod(number, period) / period;
    }

    private static Mat sprite(double radius, int half) {
        int side = 2 * half + 1;
        Mat sprite = new Mat(side, side, opencv_core.CV_8UC3);
        ByteBuffer pixels = sprite.createBuffer();
        for (int y = -half; y <= half; y++) {
            for (int x = -half; x <= half; x++) {
                double distance = Math.hypot(x, y);
                double disc = Math.max(0, Math.min(1, radius - distance + 0.5));
                double outside = Math.max(0, 1 - (distance - radius) / ((REACH - 1) * radius));
                double glow = 0.55 * outside * outside * outside;
                for (double colour : GLOW_BGR) {
                    double warm = 0.35 * colour + 0.65 * 255;
                    pixels.put((byte) (int) Math.round(disc * warm + (1 - disc) * Math.min(1, glow) * colour));
                }
            }
        }
        return sprite;
    }
}
