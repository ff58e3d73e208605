package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Measures frames per second over the last two seconds, or over the last frame interval if that is longer. Safe for use by any
 * thread.
 */
final class RateMeter {
    private static final long WINDOW_NANOS = 2_000_000_000L;

    @GuardedBy("this")
    private final long[] times = new long[512];

    @GuardedBy("this")
    private long count;

    /** Counts one frame at the given reading of a nanosecond clock. */
    synchronized void mark(long nanos) {
        times[(int) (count++ % times.length)] = nanos;
    }

    /**
     * The rate at the given reading. With fewer than two frames in the window, it follows from the last interval, or from the
     * time since the last frame if that is longer. It is 0 only before the first frame.
     */
    synchronized double perSecond(long nanos) {
        if (count == 0) {
            return 0;
        }
        long newest = time(count - 1);
        long oldest = newest;
        int intervals = 0;
        for (long i = count - 2; i >= Math.max(0, count - times.length) && nanos - time(i) <= WINDOW_NANOS; i--) {
            oldest = time(i);
            intervals++;
        }
        if (intervals > 0) {
            return intervals * 1e9 / (newest - oldest);
        }
        long last = count > 1 ? newest - time(count - 2) : WINDOW_NANOS;
        return 1e9 / Math.max(last, nanos - newest);
    }

    @GuardedBy("this")
    private long time(long number) {
        return times[(int) (number % times.length)];
    }
}
