package dev.sightline.transport.webrtc.rtp;

import java.util.OptionalLong;

/**
 * Which temporal layers one viewer takes where even the smallest rendition is more than its line carries: fewer at once, one more
 * after a second of room for it.
 */
final class TemporalLayerLimit {
    /** All of them. */
    static final int HIGHEST = 2;

    /** What the layers up to each need of the whole rate. The base layer's frames are larger, as they lie further apart. */
    private static final double[] SHARES = {0.4, 0.65, 1};

    private static final double HEADROOM = 1.15;
    private static final long CALM_NANOS = 1_000_000_000L;

    private final ConditionTimer room = new ConditionTimer();
    private int highest = HIGHEST;

    /**
     * Decides.
     *
     * @param needed bits per second of all layers
     * @param estimate what the line carries
     */
    void judge(double needed, OptionalLong estimate, long nowNanos) {
        double carried = estimate.orElse(Long.MAX_VALUE);
        while (highest > 0 && SHARES[highest] * needed > carried) {
            highest--;
            room.restart();
        }
        boolean fits = highest < HIGHEST && HEADROOM * SHARES[highest + 1] * needed <= carried;
        room.is(fits, nowNanos);
        if (room.since(nowNanos) >= CALM_NANOS) {
            highest++;
            room.restart();
        }
    }

    /** Another rendition: all of it, until it proves too much. */
    void restart() {
        highest = HIGHEST;
        room.restart();
    }

    /** The highest layer to send, from 0. */
    int highest() {
        return highest;
    }
}
