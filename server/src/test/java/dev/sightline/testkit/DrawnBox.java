package dev.sightline.testkit;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A box as {@code <sightline-player overlay>} draws it, found by its colour in a screenshot: its outer edges in pixels.
 *
 * @param left the first column
 * @param top the first row
 * @param right the first column behind it
 * @param bottom the first row behind it
 */
public record DrawnBox(int left, int top, int right, int bottom) {
    /** No text is higher; it stands in the box where there is no room above that. */
    public static final int TEXT = 20;

    private static final int LINE = 2;

    /** The least height: so the columns of the box's sides are told from those of its text. */
    private static final int LEAST_HEIGHT = TEXT + 2;

    /**
     * Finds the only box of this colour; its text may stand above it.
     *
     * @param screen BGR
     * @param color 0xRRGGBB
     */
    public static Optional<DrawnBox> find(Mat screen, int color) {
        ByteBuffer pixels = screen.createBuffer();
        int row = (int) screen.step();
        IntPredicateAt colored = (x, y) -> {
            int at = y * row + 3 * x;
            int found = (pixels.get(at + 2) & 0xFF) << 16 | (pixels.get(at + 1) & 0xFF) << 8 | pixels.get(at) & 0xFF;
            return found == color;
        };
        int[] sides = IntStream.range(0, screen.cols())
                .filter(x -> longestRun(screen.rows(), y -> colored.test(x, y)) >= LEAST_HEIGHT)
                .toArray();
        if (sides.length == 0) {
            return Optional.empty();
        }
        int left = sides[0];
        int right = sides[sides.length - 1] + 1;
        int middle = (left + right) / 2;
        int bottom = lastBefore(screen.rows(), y -> colored.test(middle, y)) + 1;
        int top = lastBefore(bottom - LINE, y -> colored.test(middle, y)) + 1 - LINE;
        return Optional.of(new DrawnBox(left, top, right, bottom));
    }

    private static int longestRun(int length, IntPredicate in) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < length; i++) {
            run = in.test(i) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static int lastBefore(int end, IntPredicate in) {
        int last = end - 1;
        while (last >= 0 && !in.test(last)) {
            last--;
        }
        return last;
    }

    /** Whether a pixel is in it. */
    private interface IntPredicateAt {
        boolean test(int x, int y);
    }
}
