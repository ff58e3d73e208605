package dev.sightline.source.ffmpeg;

/** How much of something all sources together may hold. Safe for use by any thread. */
final class SharedBudget {
    private final long most;
    private long taken;

    SharedBudget(long most) {
        this.most = most;
    }

    /**
     * What one source holds becomes another.
     *
     * @return false if there is no room for it, and all stays as it was; whoever wants less always has it
     */
    synchronized boolean change(long held, long wanted) {
        if (wanted > held && taken - held + wanted > most) {
            return false;
        }
        taken += wanted - held;
        return true;
    }
}
