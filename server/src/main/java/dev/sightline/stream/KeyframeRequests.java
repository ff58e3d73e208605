package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.metrics.SingleWriterCounter;
import java.util.concurrent.TimeUnit;

/**
 * The keyframe requests of a rendition's viewers (PLI, FIR). At most two keyframes per second are forced, however many viewers
 * ask. A request stays open until a keyframe goes out, so none is lost, and all who asked before share that keyframe. Safe for
 * use by any thread.
 */
final class KeyframeRequests {
    static final long LEAST_NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(500);

    private volatile boolean open;
    private final SingleWriterCounter forced = new SingleWriterCounter();

    @GuardedBy("this")
    private long lastNanos;

    /** A viewer needs a keyframe to go on. */
    void add() {
        if (!open) {
            open = true;
        }
    }

    /** A keyframe is about to go out to all viewers; it answers all requests so far. */
    void answered() {
        open = false;
    }

    /** Whether to force a keyframe now, by the clock of capture times. */
    synchronized boolean due(long nanos) {
        if (!open || forced.value() > 0 && nanos - lastNanos < LEAST_NANOS_BETWEEN) {
            return false;
        }
        lastNanos = nanos;
        forced.add(1);
        return true;
    }

    /** How many keyframes were forced so far. */
    long forced() {
        return forced.value();
    }
}
