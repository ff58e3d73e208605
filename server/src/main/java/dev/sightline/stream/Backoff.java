package dev.sightline.stream;

import java.util.function.DoubleSupplier;

/**
 * The delays before a lost source is retried: four times 0.25 s, since most sources are back at once, then 0.5 s, doubling to
 * 30 s. A jitter of a fifth either way keeps many streams from retrying together. Used by one thread.
 */
final class Backoff {
    static final long QUICK_MILLIS = 250;
    static final int QUICK_TRIES = 4;
    static final long FIRST_MILLIS = 500;
    static final long LONGEST_MILLIS = 30_000;
    /** While somebody watches, a source that is back is found within this time. */
    static final long LONGEST_WATCHED_MILLIS = 2_000;

    private static final double JITTER = 0.2;

    private final DoubleSupplier random;
    private int tries;
    private long next = FIRST_MILLIS;

    /** Creates a backoff with a source of random numbers from 0 to 1. */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** The next delay in milliseconds, if nobody watches. */
    long nextMillis() {
        long millis = QUICK_MILLIS;
        if (tries++ >= QUICK_TRIES) {
            millis = next;
            next = Math.min(LONGEST_MILLIS, next * 2);
        }
        double jitter = 1 + JITTER * (2 * random.getAsDouble() - 1);
        return Math.min(LONGEST_MILLIS, Math.round(millis * jitter));
    }

    /** The source gave a frame: the next loss starts with the shortest delay. */
    void reset() {
        tries = 0;
        next = FIRST_MILLIS;
    }
}
