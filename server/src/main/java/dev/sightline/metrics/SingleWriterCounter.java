package dev.sightline.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread adds to and all may read. */
public final class SingleWriterCounter {
    private final AtomicLong count = new AtomicLong();

    /** Adds; the one thread only. */
    public void add(long more) {
        count.setOpaque(count.getPlain() + more);
    }

    /** The count now, or a moment ago. Any thread. */
    public long value() {
        return count.getOpaque();
    }
}
