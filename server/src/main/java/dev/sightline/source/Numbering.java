package dev.sightline.source;

import dev.sightline.frame.CaptureClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Assigns numbers and capture times to the frames of one stream. It continues over reconnects, so that no number is used twice.
 * Safe for use by any thread.
 */
public final class Numbering {
    private final AtomicLong last;
    private final CaptureClock clock;

    /** Numbers from 1, with times from the given clock. */
    public Numbering(CaptureClock clock) {
        this(clock, 0);
    }

    /** Goes on after a number that was used elsewhere. */
    public Numbering(CaptureClock clock, long after) {
        this.clock = clock;
        this.last = new AtomicLong(after);
    }

    /** Another process has used this number; the next is above it. */
    public void seen(long seq) {
        last.accumulateAndGet(seq, Math::max);
    }

    /** The number that was used last; 0 before the first. */
    public long last() {
        return last.get();
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
