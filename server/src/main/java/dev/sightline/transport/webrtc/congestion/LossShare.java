package dev.sightline.transport.webrtc.congestion;

/** The share of packets that did not arrive, over half a second or more. One that arrives late after all counts as arrived. */
final class LossShare {
    private static final long SPAN_NANOS = 500_000_000;
    private static final int LEAST_PACKETS = 10;
    private static final long LONGEST_NANOS = 2_000_000_000L;

    private long packets;
    private long lost;
    private long sinceNanos = Long.MIN_VALUE;
    private double share;

    void arrived() {
        packets++;
    }

    void lost() {
        packets++;
        lost++;
    }

    /** One that counted as lost has arrived. */
    void late() {
        lost--;
    }

    /** What was counted is too old for a span; it begins anew. */
    void restart(long nowNanos) {
        packets = 0;
        lost = 0;
        sinceNanos = nowNanos;
    }

    /** Whether a span is over, and {@link #share} is new. */
    boolean isNew(long nowNanos) {
        if (sinceNanos == Long.MIN_VALUE) {
            sinceNanos = nowNanos;
        }
        long passed = nowNanos - sinceNanos;
        boolean over = passed >= SPAN_NANOS && (packets >= LEAST_PACKETS || passed >= LONGEST_NANOS);
        if (over) {
            share = packets == 0 ? 0 : Math.max(0, Math.min(1, (double) lost / packets));
            restart(nowNanos);
        }
        return over;
    }

    /** From 0 to 1. */
    double share() {
        return share;
    }
}
