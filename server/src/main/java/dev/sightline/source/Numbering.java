package dev.sightline.source;

import dev.sightline.frame.CaptureClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives the pictures of one stream their numbers and capture times; it goes on over reconnects, so that no number is
 * used twice. Safe for use by any thread.
 */
public final class Numbering {
    private final AtomicLong last = new AtomicLong();
    private final CaptureClock clock;

    /** Numbers from 1, times from the given clock. */
    public Numbering(CaptureClock clock) {
        this.clock = clock;
    }

    /** The next picture's number. */
    public long next() {
        return last.incrementAndGet();
    }

    /** Tells capture times. */
    public CaptureClock clock() {
        return clock;
    }
}
