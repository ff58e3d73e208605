package dev.sightline.codec;

import dev.sightline.frame.Codec;

/**
 * The last resort to hold a rate, if an encoder cannot do so by quality: frames are left out. A leaky bucket, which fills with
 * time and empties with frames. Video should slow down and not freeze: only a few frames in a row are left out, unless the debt
 * is hopeless. Used by one thread.
 */
final class RateGuard {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TOLERANCE = 1.05;
    private static final double MOST_CREDIT_SECONDS = 0.1;
    private static final double SHORT_PATIENCE_SECONDS = 0.3;
    private static final double LONG_PATIENCE_SECONDS = 2;
    /** The debt that is hopeless. */
    private static final double HOPELESS_SECONDS = 0.5;

    private static final int MOST_IN_A_ROW = 3;

    private final int bitsPerSecond;
    private final double patienceSeconds;
    private double debtSeconds = -MOST_CREDIT_SECONDS;
    private long last;
    private int inARow;

    private RateGuard(int bitsPerSecond, double patienceSeconds) {
        this.bitsPerSecond = bitsPerSecond;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * The guard of a rendition. VP8's encoder pays for a large frame with the quality of the next ones, and the fewer frames it
     * gets, the larger each becomes: leaving some out makes it worse.
     */
    static RateGuard of(Rendition.Video rendition) {
        double patience = rendition.codec() == Codec.VP8 ? LONG_PATIENCE_SECONDS : SHORT_PATIENCE_SECONDS;
        return new RateGuard(rendition.bitsPerSecond(), patience);
    }

    /** Whether a frame with this time, in nanoseconds, may be encoded. */
    boolean allows(long nanos) {
        if (last != 0 && nanos > last) {
            debtSeconds = Math.max(-MOST_CREDIT_SECONDS, debtSeconds - TOLERANCE * (nanos - last) / NANOS_PER_SECOND);
        }
        last = nanos;
        double bearable = inARow < MOST_IN_A_ROW ? patienceSeconds : patienceSeconds + HOPELESS_SECONDS;
        boolean allowed = debtSeconds <= bearable;
        inARow = allowed ? 0 : inARow + 1;
        return allowed;
    }

    /** Cancels the debt for which frames would be left out soon. */
    void forgive() {
        debtSeconds = Math.min(debtSeconds, patienceSeconds / 2);
    }

    /** Subtracts an encoded frame's bytes. */
    void spend(int bytes) {
        debtSeconds += bytes * 8.0 / bitsPerSecond;
    }
}
