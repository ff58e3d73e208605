package dev.sightline.stream;

import dev.sightline.metrics.SingleWriterCounter;
import java.util.concurrent.TimeUnit;

/**
 * The keyframe requests of a rendition's viewers (PLI, FIR). At most two keyframes a second are forced, however many viewers
 * ask. A request stays open until a keyframe goes out, so that none is lost, and all who asked before share it. Safe for use
 * by any thread.
 */
final class KeyframeRequests {
    static final long LEAST_NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(500);

    private volatile boolean open;
    private final SingleWriterCounter forced = new SingleWriterCounter();

    // Guarded by this.
    private long lastNanos;

    /** Somebody cannot go on without one. */
    void add() {
        if (!open) {
            open = true;
        }
    }

    /** A keyframe is about to go out to everybody: whoever has asked so far gets it. */
    void answered() {
        open = false;
    }

    /** Whether a keyframe is to be forced now, by the clock of capture times. */
    synchronized boolean due(long nanos) {
        if (!open || forced.value() > 0 && nanos - lastNanos < LEAST_NANOS_BETWEEN) {
            return false;
        }
        lastNanos = nanos;
        forced.add(1);
        return true;
    }

    /** How many were forced so far. */
    long forced() {
        return forced.value();
    }
}
