package dev.sightline.frame;

/**
 * A place in fractions of the frame. The origin is top left and 1 is the full width or height; it may lie outside.
 *
 * @param x from the left
 * @param y from the top
 */
public record FramePoint(double x, double y) {

    /** Throws IllegalArgumentException if a value is not finite. */
    public FramePoint {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("not a point: x=" + x + " y=" + y);
        }
    }
}
