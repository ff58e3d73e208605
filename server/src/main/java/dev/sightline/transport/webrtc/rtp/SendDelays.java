package dev.sightline.transport.webrtc.rtp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;

/**
 * How long after its capture a frame was sent to the last of its viewers, and how long after the first, for the newest 300
 * frames. Written by the media thread, read by any.
 */
public final class SendDelays {
    private static final int PICTURES = 300;

    @GuardedBy("this")
    private final long[] delays = new long[PICTURES];

    @GuardedBy("this")
    private final long[] added = new long[PICTURES];

    @GuardedBy("this")
    private final long[] sending = new long[PICTURES];

    @GuardedBy("this")
    private long firstDelay;

    @GuardedBy("this")
    private long pictures;

    @GuardedBy("this")
    private long newest = Long.MIN_VALUE;

    SendDelays() {}

    /** A frame was sent to one more viewer; one older than the newest does not count. */
    synchronized void sent(long seq, long delayNanos, long encodingNanos) {
        if (seq > newest) {
            newest = seq;
            pictures++;
            firstDelay = delayNanos;
        }
        if (seq == newest) {
            int place = (int) ((pictures - 1) % PICTURES);
            delays[place] = delayNanos;
            added[place] = delayNanos - encodingNanos;
            sending[place] = delayNanos - firstDelay;
        }
    }

    /** From capture to the last packet. */
    public synchronized Percentiles inAll() {
        return spread(delays);
    }

    /** The same without the encoder's time. */
    public synchronized Percentiles beyondEncoding() {
        return spread(added);
    }

    /** From the first viewer to the last. */
    public synchronized Percentiles fromFirstToLast() {
        return spread(sending);
    }

    @GuardedBy("this")
    private Percentiles spread(long[] nanos) {
        long[] sorted = Arrays.copyOf(nanos, (int) Math.min(pictures, PICTURES));
        Arrays.sort(sorted);
        return new Percentiles(share(sorted, 0.5), share(sorted, 0.99), share(sorted, 1));
    }

    private static double share(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }

    /**
     * Percentiles in milliseconds; 0 if nothing was sent.
     *
     * @param p50 the median
     * @param p99 the 99th percentile
     * @param max the maximum
     */
    public record Percentiles(double p50, double p99, double max) {}
}
