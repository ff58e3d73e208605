package dev.sightline.transport.webrtc.rtp;

/** The last round trip and the shortest of the last 15 to 30 s: the difference is queueing delay. */
final class RoundTrips {
    private static final long SPAN_NANOS = 15_000_000_000L;

    private long last;
    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;
    private long spanStart;

    void add(long nanos, long nowNanos) {
        if (least == Long.MAX_VALUE) {
            spanStart = nowNanos;
        } else if (nowNanos - spanStart >= SPAN_NANOS) {
            leastBefore = least;
            least = Long.MAX_VALUE;
            spanStart = nowNanos;
        }
        last = nanos;
        least = Math.min(least, nanos);
    }

    long last() {
        return last;
    }

    long least() {
        return Math.min(least, leastBefore);
    }

    /** How much longer the last one was, in nanoseconds; 0 before the first. */
    long growth() {
        return least == Long.MAX_VALUE ? 0 : last - least();
    }
}
