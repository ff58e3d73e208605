package dev.sightline.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A counter with one writing thread, at the cost of a plain addition; any may read. */
public final class SingleWriterCounter {
    private final AtomicLong count = new AtomicLong();

    public SingleWriterCounter() {}

    /** Adds one; by its one writer. */
    public void increment() {
        add(1);
    }

    /** Adds a number; by its one writer. */
    public void add(long more) {
        count.setOpaque(count.getPlain() + more);
    }

    /** How many there are. */
    public long value() {
        return count.getOpaque();
    }
}
