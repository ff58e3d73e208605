package dev.sightline.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what a flood gets through. Safe for use by any thread. */
final class FloodTally {
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    /** The server has taken so many more messages. */
    void taken(long more) {
        taken.addAndGet(more);
    }

    /** The server has answered a request. */
    void answered(boolean ok) {
        (ok ? taken : refused).incrementAndGet();
    }

    /** A connection could not be made, or has ended, which no flood wants. */
    void closed() {
        closed.incrementAndGet();
    }

    Flooded read() {
        return new Flooded(taken.get(), refused.get(), closed.get());
    }
}
