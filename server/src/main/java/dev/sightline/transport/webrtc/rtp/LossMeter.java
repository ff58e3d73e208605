package dev.sightline.transport.webrtc.rtp;

/**
 * The share of packets lost, from the counts in receiver reports; over at least a second, since reports may come with every
 * NACK.
 */
final class LossMeter {
    private static final long LEAST_NANOS = 900_000_000L;
    private static final long LEAST_PACKETS = 20;
    private static final long GREATEST_NANOS = 3_000_000_000L;

    private boolean started;
    private boolean known;
    private long newestSeq;
    private int newestLost;
    private long newestNanos;
    private long highestSeq;
    private long lost;
    private long sinceNanos;
    private double share;
    private double shareBefore;

    void report(long highest, int cumulativeLost, long nowNanos) {
        newestSeq = highest;
        newestLost = cumulativeLost;
        newestNanos = nowNanos;
        if (!started) {
            started = true;
            begin();
            return;
        }
        long expected = SerialNumbers.ahead32(highestSeq, highest);
        long passed = nowNanos - sinceNanos;
        if (expected > 0 && passed >= LEAST_NANOS && (expected >= LEAST_PACKETS || passed >= GREATEST_NANOS)) {
            shareBefore = share;
            share = Math.min(1, Math.max(0, (double) (cumulativeLost - lost) / expected));
            known = true;
            begin();
        }
    }

    /** Whether a share was measured since the start or the last restart. */
    boolean known() {
        return known;
    }

    /** From 0 to 1. */
    double share() {
        return share;
    }

    /** Whether at least this share was lost in each of the last two spans. */
    boolean lasted(double least) {
        return share >= least && shareBefore >= least;
    }

    /** The load changed, so earlier measurements do not apply; the next span begins with the last report. */
    void restart() {
        known = false;
        share = 0;
        shareBefore = 0;
        begin();
    }

    private void begin() {
        highestSeq = newestSeq;
        lost = newestLost;
        sinceNanos = newestNanos;
    }
}
