package dev.sightline.transport.webrtc.rtp;

import java.util.Arrays;

/**
 * How long after its capture a picture had left to the last of its viewers, and how long after the first, of the newest 300
 * pictures. Written by the media thread, read by any.
 */
public final class SendDelays {
    private static final int PICTURES = 300;

    private final long[] delays = new long[PICTURES];
    private final long[] added = new long[PICTURES];
    private final long[] sending = new long[PICTURES];
    private long firstDelay;
    private long pictures;
    private long newest = Long.MIN_VALUE;

    SendDelays() {}

    /** A picture has just left to one viewer more; one that is older than the newest does not count. */
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

    /** The same without the time that the encoder took for the picture. */
    public synchronized Percentiles beyondEncoding() {
        return spread(added);
    }

    /** From the first viewer to the last. */
    public synchronized Percentiles fromFirstToLast() {
        return spread(sending);
    }

    private Percentiles spread(long[] nanos) {
        long[] sorted = Arrays.copyOf(nanos, (int) Math.min(pictures, PICTURES));
        Arrays.sort(sorted);
        return new Percentiles(share(sorted, 0.5), share(sorted, 0.99), share(sorted, 1));
    }

    private static double share(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }

    /**
     * What pictures kept to, in milliseconds; 0 where none was sent.
     *
     * @param p50 half of them
     * @param p99 all but one in a hundred
     * @param max all
     */
    public record Percentiles(double p50, double p99, double max) {}
}
