package dev.sightline.frame;

import java.util.Optional;

/**
 * A rectangle in fractions of the picture: the origin is top left, 1 is the full width or height, so that it fits every
 * size in which the picture is delivered.
 *
 * @param x left edge
 * @param y top edge
 * @param width greater than 0
 * @param height greater than 0
 */
public record Box(double x, double y, double width, double height) {

    /** Refuses a rectangle that is not finite or has no area. */
    public Box {
        if (!Double.isFinite(x)
                || !Double.isFinite(y)
                || !(width > 0 && width < 1e9)
                || !(height > 0 && height < 1e9)) {
            throw new IllegalArgumentException(
                    "not a box: x=" + x + " y=" + y + " width=" + width + " height=" + height);
        }
    }

    /** The part of this box that lies inside the picture; empty if none does. */
    public Optional<Box> clipped() {
        double left = Math.max(0, x);
        double top = Math.max(0, y);
        double right = Math.min(1, x + width);
        double bottom = Math.min(1, y + height);
        return right > left && bottom > top
                ? Optional.of(new Box(left, top, right - left, bottom - top))
                : Optional.empty();
    }

    /** Intersection over union with another box: 0 (apart) to 1 (the same). */
    public double overlap(Box other) {
        double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        double shared = across * down;
        return shared / (width * height + other.width * other.height - shared);
    }
}
