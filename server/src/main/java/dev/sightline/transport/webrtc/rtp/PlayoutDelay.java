package dev.sightline.transport.webrtc.rtp;

/**
 * How long a viewer delays frames. Without losses: not at all. Otherwise as long as it takes to request and receive a lost
 * packet, with more loss several times; without that delay, each loss would freeze the video and then show several frames at once. The delay
 * changes slowly, so that the change is invisible, and it is what the last two to four seconds needed at most: where needs vary
 * from one second to the next, a delay that followed each would slow the video down again and again.
 *
 * <p>Used on the media thread; time is passed in as nanoseconds of any one clock.
 */
final class PlayoutDelay {
    private static final int FEW = 2;
    private static final long FEW_WITHIN_NANOS = 2_000_000_000L;
    private static final long SPAN_NANOS = 2_000_000_000L;

    /** Until the next packet shows that one is missing, and for what is late. */
    private static final long BESIDES_NANOS = 40_000_000L;

    private static final double SOME_LOSS_PERCENT = 5;
    private static final double MORE_LOSS_PERCENT = 8;
    private static final long LONGEST_NANOS = 600_000_000L;
    private static final long UNIT_NANOS = 10_000_000L;

    private int lost;
    private long countedSinceNanos;
    private long neededNanos;
    private long neededBeforeNanos;
    private long spanSinceNanos;
    private long nanos;
    private long valueNanos;

    /** The viewer has requested a packet for the first time. */
    void lost(long roundTripNanos, double lossPercent, long nowNanos) {
        if (nowNanos - countedSinceNanos > FEW_WITHIN_NANOS) {
            countedSinceNanos = nowNanos;
            lost = 0;
        }
        lost++;
        if (lost >= FEW) {
            long needed = Math.min(LONGEST_NANOS, roundTrips(lossPercent) * roundTripNanos + BESIDES_NANOS);
            roll(nowNanos);
            neededNanos = Math.max(neededNanos, needed);
        }
    }

    /** With more losses repairs are lost as well. */
    private static int roundTrips(double lossPercent) {
        return lossPercent < SOME_LOSS_PERCENT ? 1 : lossPercent < MORE_LOSS_PERCENT ? 2 : 4;
    }

    private void roll(long nowNanos) {
        long passed = nowNanos - spanSinceNanos;
        if (passed > SPAN_NANOS) {
            neededBeforeNanos = passed > 2 * SPAN_NANOS ? 0 : neededNanos;
            neededNanos = 0;
            spanSinceNanos = nowNanos;
        }
    }

    /** The value for the header extension: the minimum and the maximum delay, 12 bits each, in hundredths of a second. */
    int value(long nowNanos) {
        roll(nowNanos);
        long wantedNanos = Math.max(neededNanos, neededBeforeNanos);
        long passed = nowNanos - valueNanos;
        valueNanos = nowNanos;
        nanos = nanos < wantedNanos
                ? Math.min(wantedNanos, nanos + passed / 2)
                : Math.max(wantedNanos, nanos - passed / 5);
        int least = (int) (nanos / UNIT_NANOS);
        return least == 0 ? 0 : least << 12 | (int) (LONGEST_NANOS / UNIT_NANOS);
    }
}
