package dev.sightline.frame;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A rectangle in fractions of the frame. The origin is top left and 1 is the full width or height, so it fits every delivered
 * size.
 *
 * @param x left edge
 * @param y top edge
 * @param width greater than 0
 * @param height greater than 0
 */
public record Box(double x, double y, double width, double height) {

    /** Throws IllegalArgumentException if a value is not finite or the area is empty. */
    public Box {
        if (!Double.isFinite(x)
                || !Double.isFinite(y)
                || !(width > 0 && width < 1e9)
                || !(height > 0 && height < 1e9)) {
            throw new IllegalArgumentException(
                    "not a box: x=" + x + " y=" + y + " width=" + width + " height=" + height);
        }
    }

    /** The part of this box that lies inside the frame; empty if the box lies outside. */
    public Optional<Box> clipped() {
        double left = Math.max(0, x);
        double top = Math.max(0, y);
        double right = Math.min(1, x + width);
        double bottom = Math.min(1, y + height);
        return right > left && bottom > top
                ? Optional.of(new Box(left, top, right - left, bottom - top))
                : Optional.empty();
    }

    /** The smallest box around the corners of this one, each moved; empty if nothing is left of it. */
    Optional<Box> moved(UnaryOperator<FramePoint> move) {
        List<FramePoint> corners = Stream.of(
                        new FramePoint(x, y),
                        new FramePoint(x + width, y),
                        new FramePoint(x, y + height),
                        new FramePoint(x + width, y + height))
                .map(move)
                .toList();
        DoubleSummaryStatistics across =
                corners.stream().mapToDouble(FramePoint::x).summaryStatistics();
        DoubleSummaryStatistics down =
                corners.stream().mapToDouble(FramePoint::y).summaryStatistics();
        double wide = across.getMax() - across.getMin();
        double high = down.getMax() - down.getMin();
        return wide > 0 && high > 0
                ? Optional.of(new Box(across.getMin(), down.getMin(), wide, high))
                : Optional.empty();
    }

    /** Intersection over union with another box, from 0 (disjoint) to 1 (equal). */
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
