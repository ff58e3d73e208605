package dev.sightline.bench.load;

import java.util.Arrays;

/** How old pictures were when their last byte was read: counts in steps of 0.1 ms, up to a minute. Used by one thread. */
final class Ages {
    private static final int STEPS_PER_MILLI = 10;
    private static final int STEPS = 60_000 * STEPS_PER_MILLI;

    private final int[] counts = new int[STEPS];
    private long total;
    private int highest;

    /** One picture's age; clocks may disagree a little, so below zero is zero. */
    void add(double millis) {
        int step = (int) Math.max(0, Math.min(STEPS - 1, millis * STEPS_PER_MILLI));
        counts[step]++;
        total++;
        highest = Math.max(highest, step);
    }

    void clear() {
        Arrays.fill(counts, 0, highest + 1, 0);
        total = 0;
        highest = 0;
    }

    long total() {
        return total;
    }

    /** The age in milliseconds that a share of the pictures (0 to 1) does not exceed; 0 if there were none. */
    double quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int step = 0; step <= highest; step++) {
            seen += counts[step];
            if (seen >= wanted) {
                return (double) step / STEPS_PER_MILLI;
            }
        }
        return 0;
    }
}
