package dev.sightline.processors;

/** A position in the frame. */
public enum Position {
    /** Upper left corner. */
    TOP_LEFT(0, 0),
    /** Middle of the upper edge. */
    TOP(0.5, 0),
    /** Upper right corner. */
    TOP_RIGHT(1, 0),
    /** Middle of the frame. */
    CENTER(0.5, 0.5),
    /** Lower left corner. */
    BOTTOM_LEFT(0, 1),
    /** Middle of the lower edge. */
    BOTTOM(0.5, 1),
    /** Lower right corner. */
    BOTTOM_RIGHT(1, 1);

    private final double across;
    private final double down;

    Position(double across, double down) {
        this.across = across;
        this.down = down;
    }

    /** The left edge of something of this width in this space, with a margin on either side. */
    int left(int space, int width, int margin) {
        return placed(across, space, width, margin);
    }

    /** The top edge of something of this height in this space, with a margin on either side. */
    int top(int space, int height, int margin) {
        return placed(down, space, height, margin);
    }

    private static int placed(double share, int space, int length, int margin) {
        return margin + (int) Math.round(share * (space - 2 * margin - length));
    }
}
