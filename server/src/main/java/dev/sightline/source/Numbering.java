package dev.sightline.source;

import dev.sightline.frame.CaptureClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Assigns numbers and capture times to the frames of one stream. It continues over reconnects, so that no number is used twice.
 * Safe for use by any thread.
 */
public final class Numbering {
    private final AtomicLong last = new AtomicLong();
    private final CaptureClock clock;

    /** Numbers from 1, with times from the given clock. */
    public Numbering(CaptureClock clock) {
        this.clock = clock;
    }

    /** The next frame's number. */
    public long next() {
        return last.incrementAndGet();
    }

    /** The clock for capture times. */
    public CaptureClock clock() {
        return clock;
    }
}
