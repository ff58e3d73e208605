package dev.sightline.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread at a time adds to, without a lock or a barrier of its own, and all may read. */
public final class SingleWriterCounter {
    private final AtomicLong count = new AtomicLong();

    /** By the one thread that writes, or under the lock of those that do. */
    public void add(long more) {
        count.setOpaque(count.getPlain() + more);
    }

    /** The count now, or a moment ago; by any thread. */
    public long value() {
        return count.getOpaque();
    }
}
