package dev.sightline.transport.webrtc.rtp;

/**
 * How long a viewer is to hold pictures back. While nothing is lost: not at all. Else for as long as it takes to ask for a lost
 * packet and get it, even if that has to be done again: without it each loss is a moment without pictures and then several at
 * once, of which only the last is seen. It grows and shrinks gently, so that the change itself cannot be seen.
 *
 * <p>On the media thread; time is passed in, in nanoseconds of any one clock.
 */
final class PlayoutDelay {
    private static final int FEW = 2;
    private static final long FEW_WITHIN_NANOS = 2_000_000_000L;
    private static final long HELD_NANOS = 15_000_000_000L;
    private static final int ROUND_TRIPS = 4;
    private static final long BESIDES_NANOS = 60_000_000L;
    private static final long LONGEST_NANOS = 600_000_000L;
    private static final long UNIT_NANOS = 10_000_000L;

    private int lost;
    private long countedSinceNanos;
    private long troubleNanos;
    private long wantedNanos;
    private long nanos;
    private long valueNanos;

    /** The viewer has asked for a packet, for the first time. */
    void lost(long roundTripNanos, long nowNanos) {
        if (nowNanos - countedSinceNanos > FEW_WITHIN_NANOS) {
            countedSinceNanos = nowNanos;
            lost = 0;
        }
        lost++;
        if (lost >= FEW) {
            troubleNanos = nowNanos;
            wantedNanos = Math.max(wantedNanos, Math.min(LONGEST_NANOS, ROUND_TRIPS * roundTripNanos + BESIDES_NANOS));
        }
    }

    /** As the header extension has it: the least and the greatest delay, 12 bits each, in hundredths of a second. */
    int value(long nowNanos) {
        if (nowNanos - troubleNanos > HELD_NANOS) {
            wantedNanos = 0;
        }
        long passed = nowNanos - valueNanos;
        valueNanos = nowNanos;
        nanos = nanos < wantedNanos
                ? Math.min(wantedNanos, nanos + passed / 2)
                : Math.max(wantedNanos, nanos - passed / 8);
        int least = (int) (nanos / UNIT_NANOS);
        return least == 0 ? 0 : least << 12 | (int) (LONGEST_NANOS / UNIT_NANOS);
    }
}
