package dev.sightline.stream;

import java.util.concurrent.TimeUnit;

/**
 * Which of a rendition's viewers cannot take all frames: while one asks again and again, frames come in temporal layers. Any
 * thread may ask.
 */
final class TemporalLayerRequests {
    static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private volatile boolean open;

    // Only by the thread that asks whether they are wanted.
    private boolean wanted;
    private long untilNanos;

    /** A viewer needs temporal layers for the next 2 s. */
    void add() {
        if (!open) {
            open = true;
        }
    }

    /** Whether the next frame is to be in a temporal layer; one thread at a time, by the clock of capture times. */
    boolean wanted(long nanos) {
        if (open) {
            open = false;
            wanted = true;
            untilNanos = nanos + HELD_NANOS;
        }
        wanted &= nanos < untilNanos;
        return wanted;
    }
}
