package dev.sightline.transport.webrtc.congestion;

/**
 * How long packets wait in queues: what they take longer than the fastest of the last 10 to 20 s. The clocks of both sides
 * differ by an unknown constant, which that takes away; in 20 s they drift apart by some milliseconds at most.
 */
final class QueueDelay {
    private static final long SPAN_NANOS = 10_000_000_000L;

    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;
    private long sinceNanos = Long.MIN_VALUE;
    private long sum;
    private int packets;

    void arrived(long sentNanos, long arrivalNanos) {
        long took = arrivalNanos - sentNanos;
        if (sinceNanos == Long.MIN_VALUE || arrivalNanos - sinceNanos > SPAN_NANOS) {
            leastBefore = least;
            least = took;
            sinceNanos = arrivalNanos;
        }
        least = Math.min(least, took);
        sum += took - Math.min(least, leastBefore);
        packets++;
    }

    /** The mean of the packets since the last call; 0 if none arrived. */
    long takeMeanNanos() {
        long mean = packets == 0 ? 0 : sum / packets;
        sum = 0;
        packets = 0;
        return mean;
    }
}
