package dev.sightline.stream;

/** Measures pictures a second over the last two seconds, or the last interval where that is longer. Safe for use by any thread. */
final class RateMeter {
    private static final long WINDOW_NANOS = 2_000_000_000L;

    private final long[] times = new long[512];
    private long count;

    /** One picture, at the given reading of a nanosecond clock. */
    synchronized void mark(long nanos) {
        times[(int) (count++ % times.length)] = nanos;
    }

    /**
     * The rate at the given reading. Of a source so slow that fewer than two pictures lie in the window, its last interval
     * tells it, or the time since the last picture where that is longer; 0 before the first picture alone.
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

    private long time(long number) {
        return times[(int) (number % times.length)];
    }
}
