package dev.sightline.source.pattern;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Paints the test frame: a still backdrop, a bright disc on its orbit, the wall clock, and the number strip.
 *
 * <p>The still parts are painted once. Not thread-safe; {@link #close} frees the native memory.
 */
public final class PatternPainter implements AutoCloseable {
    private final Mat backdrop;
    private final Marker marker;
    private final WallClock clock;

    /**
     * Creates a painter for frames of one size.
     *
     * @param width in pixels, from 16
     * @param height in pixels, from 16
     * @param fps frames per second, which determine the disc's movement
     */
    public PatternPainter(int width, int height, int fps) {
        Layout layout = new Layout(width, height);
        backdrop = Backdrop.paint(layout, fps);
        marker = new Marker(layout, fps);
        clock = new WallClock(layout);
    }

    /**
     * A new BGR frame, which the caller closes.
     *
     * @param number shown in the strip; also determines the disc's place
     * @param captureNanos nanoseconds since the Unix epoch, shown by the clock in the computer's time zone
     */
    public Mat paint(long number, long captureNanos) {
        Mat picture = backdrop.clone();
        marker.paint(picture, number);
        clock.paint(picture, captureNanos);
        NumberStrip.paint(picture, number);
        return picture;
    }

    /** The disc's place in the frame with this number. */
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
