package dev.sightline.codec;

/**
 * The last resort that holds a rate: when an encoder goes on spending more than a quarter above what it may, pictures are left
 * out. An account that fills with time and is drawn on by pictures. Used by one thread.
 */
final class RateGuard {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TOLERANCE = 1.25;
    private static final double MOST_DEBT_SECONDS = 1;
    private static final double MOST_CREDIT_SECONDS = 0.5;

    private final int bitsPerSecond;
    private double creditSeconds;
    private long last;

    RateGuard(int bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** Whether a picture of this time, in nanoseconds, may be encoded. */
    boolean allows(long nanos) {
        if (last != 0 && nanos > last) {
            creditSeconds =
                    Math.min(MOST_CREDIT_SECONDS, creditSeconds + TOLERANCE * (nanos - last) / NANOS_PER_SECOND);
        }
        last = nanos;
        return creditSeconds > -MOST_DEBT_SECONDS;
    }

    /** Draws on the account for a picture that was encoded. */
    void spend(int bytes) {
        creditSeconds -= bytes * 8.0 / bitsPerSecond;
    }
}
