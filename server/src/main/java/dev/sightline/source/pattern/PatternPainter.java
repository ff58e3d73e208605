package dev.sightline.source.pattern;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Paints the test picture: a still backdrop, a bright disc on its orbit, the wall clock, and the number strip.
 *
 * <p>All that does not move is painted once. Not thread-safe; {@link #close} frees the native memory.
 */
public final class PatternPainter implements AutoCloseable {
    private final Mat backdrop;
    private final Marker marker;
    private final WallClock clock;

    /**
     * A painter of pictures of one size.
     *
     * @param width in pixels, from 16
     * @param height in pixels, from 16
     * @param fps pictures a second, by which the disc moves
     */
    public PatternPainter(int width, int height, int fps) {
        Layout layout = new Layout(width, height);
        backdrop = Backdrop.paint(layout, fps);
        marker = new Marker(layout, fps);
        clock = new WallClock(layout);
    }

    /**
     * A new picture (BGR), which the caller closes.
     *
     * @param number shown in the strip; also tells where the disc is
     * @param captureNanos nanoseconds since the Unix epoch, shown by the clock in the computer's time zone
     */
    public Mat paint(long number, long captureNanos) {
        Mat picture = backdrop.clone();
        marker.paint(picture, number);
        clock.paint(picture, captureNanos);
        NumberStrip.paint(picture, number);
        return picture;
    }

    /** Where the disc is in the picture of a number. */
    public Box marker(long number) {
        return marker.box(number);
    }

    @Override
    public void close() {
        backdrop.close();
        marker.close();
        clock.close();
    }
}
