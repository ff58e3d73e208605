package dev.sightline.transport.webrtc.rtp;

/**
 * Which transport-wide feedback of a calm line is read: that of one second in four. To open and read what 200 viewers tell ten times
 * a second takes the media thread a tenth of its time. Trouble shows at once in what is always read: requests for repairs and
 * keyframes, and the loss and round trip in reports.
 */
final class FeedbackSampling {
    private static final long CALM_NANOS = 5_000_000_000L;
    private static final long PERIOD_NANOS = 4_000_000_000L;
    private static final long READ_NANOS = 1_000_000_000L;

    private long calmSinceNanos = Long.MAX_VALUE;

    /** The line is not calm: all is read for the next 5 s. */
    void trouble(long nowNanos) {
        calmSinceNanos = nowNanos + CALM_NANOS;
    }

    /** Whether what comes now need not be read; never before the first {@link #trouble}, which a new line is. */
    boolean skips(long nowNanos) {
        return nowNanos >= calmSinceNanos && (nowNanos - calmSinceNanos) % PERIOD_NANOS < PERIOD_NANOS - READ_NANOS;
    }
}
