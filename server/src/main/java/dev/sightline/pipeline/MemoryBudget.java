package dev.sightline.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/** Memory of one kind that all streams together may spend on frames they keep. Safe for use by any thread. */
final class MemoryBudget {
    private final long mostOfOne;
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /**
     * Creates a budget of which nothing is taken.
     *
     * @param mostOfOne bytes that one holder may take
     * @param most bytes of all holders together
     */
    MemoryBudget(long mostOfOne, long most) {
        this.mostOfOne = mostOfOne;
        this.most = most;
    }

    /** Takes bytes for a holder that has some already; false if that is more than may be. */
    boolean take(long bytes, long held) {
        if (held + bytes > mostOfOne) {
            return false;
        }
        if (taken.addAndGet(bytes) > most) {
            give(bytes);
            return false;
        }
        return true;
    }

    /** Gives bytes back. */
    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** The bytes that are taken now. */
    long taken() {
        return taken.get();
    }
}
