package dev.sightline.source.ffmpeg;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** The amount of a resource that all sources may hold together. Safe for use by any thread. */
final class SharedBudget {
    private final long most;

    @GuardedBy("this")
    private long taken;

    SharedBudget(long most) {
        this.most = most;
    }

    /**
     * Changes what one source holds.
     *
     * @return false if there is no room for it, and nothing changed; smaller amounts always succeed
     */
    synchronized boolean change(long held, long wanted) {
        if (wanted > held && taken - held + wanted > most) {
            return false;
        }
        taken += wanted - held;
        return true;
    }
}
