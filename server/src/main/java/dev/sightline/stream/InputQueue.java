package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.processor.ViewerInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Viewers' inputs on their way to the pipeline, in order. The oldest of more than {@link #MOST} are dropped, and so is what nobody
 * has taken for 2 s: a click must not take effect when its picture is long gone. Safe for use by any thread.
 */
final class InputQueue {
    static final int MOST = 64;
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private long dropped;

    /** Written under the lock; most frames find nothing, and need no lock. */
    private volatile boolean empty = true;

    InputQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(ViewerInput input) {
        if (waiting.size() == MOST) {
            waiting.removeFirst();
            dropped++;
        }
        waiting.addLast(new Waiting(input, nanoTime.getAsLong()));
        empty = false;
    }

    /** The oldest that is not too old; empty if there is none. */
    Optional<ViewerInput> poll() {
        return empty ? Optional.empty() : next();
    }

    private synchronized Optional<ViewerInput> next() {
        long now = nanoTime.getAsLong();
        Waiting next = waiting.pollFirst();
        while (next != null && now - next.nanos > PATIENCE_NANOS) {
            dropped++;
            next = waiting.pollFirst();
        }
        empty = waiting.isEmpty();
        return Optional.ofNullable(next).map(Waiting::input);
    }

    /** How many were dropped. */
    synchronized long dropped() {
        return dropped;
    }

    private record Waiting(ViewerInput input, long nanos) {}
}
