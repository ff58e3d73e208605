package dev.sightline.app;

import java.util.concurrent.atomic.AtomicLong;

/** How many frames one viewer missed between those that came. Fed by one thread, read by any. */
final class Continuity {
    private final String viewer;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong longestGap = new AtomicLong();
    private long last = -1;

    Continuity(String viewer) {
        this.viewer = viewer;
    }

    /** The frame of this number came; those that are as old as the last one say nothing. */
    void came(long number) {
        if (last >= 0 && number > last) {
            missed.addAndGet(number - last - 1);
            longestGap.accumulateAndGet(number - last - 1, Math::max);
        }
        last = Math.max(last, number);
        frames.incrementAndGet();
    }

    /** What was missed until now does not count. */
    void forgive() {
        missed.set(0);
        longestGap.set(0);
    }

    long frames() {
        return frames.get();
    }

    long missed() {
        return missed.get();
    }

    long longestGap() {
        return longestGap.get();
    }

    @Override
    public String toString() {
        return viewer + ": " + frames + " frames, " + missed + " missed, at most " + longestGap + " in a row";
    }
}
