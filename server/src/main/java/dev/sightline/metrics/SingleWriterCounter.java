package dev.sightline.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread adds to, which costs a plain addition, and any may read. */
public final class SingleWriterCounter {
    private final AtomicLong count = new AtomicLong();

    /** Nothing counted yet. */
    public SingleWriterCounter() {}

    /** By its one writer: one more. */
    public void increment() {
        add(1);
    }

    /** By its one writer: so many more. */
    public void add(long more) {
        count.setOpaque(count.getPlain() + more);
    }

    /** How many there are. */
    public long value() {
        return count.getOpaque();
    }
}
