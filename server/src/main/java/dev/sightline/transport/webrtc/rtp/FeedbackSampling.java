package dev.sightline.transport.webrtc.rtp;

/**
 * Of which packets of a calm line transport-wide feedback is asked for: those of one second in four. What 200 viewers tell ten times
 * a second takes the media thread a fifth of its time to receive, open and read. Trouble shows at once in what is always told:
 * requests for repairs and keyframes, and the loss and round trip in reports.
 */
final class FeedbackSampling {
    private static final long CALM_NANOS = 5_000_000_000L;
    private static final long PERIOD_NANOS = 4_000_000_000L;
    private static final long ASKED_NANOS = 1_000_000_000L;

    private long calmSinceNanos = Long.MAX_VALUE;

    /** The line is not calm: feedback is asked for all packets of the next 5 s. */
    void trouble(long nowNanos) {
        calmSinceNanos = nowNanos + CALM_NANOS;
    }

    /** Whether a packet sent now needs no feedback; never before the first {@link #trouble}, which a new line is. */
    boolean skips(long nowNanos) {
        return nowNanos >= calmSinceNanos && (nowNanos - calmSinceNanos) % PERIOD_NANOS < PERIOD_NANOS - ASKED_NANOS;
    }
}
