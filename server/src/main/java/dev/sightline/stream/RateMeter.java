package dev.sightline.stream;

/** Measures pictures a second over the last two seconds. Safe for use by any thread. */
final class RateMeter {
    private static final long WINDOW_NANOS = 2_000_000_000L;

    private final long[] times = new long[512];
    private long count;

    /** One picture, at the given reading of a nanosecond clock. */
    synchronized void mark(long nanos) {
        times[(int) (count++ % times.length)] = nanos;
    }

    /** The rate at the given reading; 0 where fewer than two pictures lie in the window. */
    synchronized double perSecond(long nanos) {
        long oldest = nanos;
        long newest = nanos;
        int pictures = 0;
        for (long i = count - 1; i >= Math.max(0, count - times.length); i--) {
            long time = times[(int) (i % times.length)];
            if (nanos - time > WINDOW_NANOS) {
                break;
            }
            newest = pictures == 0 ? time : newest;
            oldest = time;
            pictures++;
        }
        return pictures < 2 ? 0 : (pictures - 1) * 1e9 / (newest - oldest);
    }
}
