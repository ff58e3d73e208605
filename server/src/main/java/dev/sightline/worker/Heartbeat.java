package dev.sightline.worker;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices that a process no longer answers. What this process itself was late with, because the machine is overloaded or was
 * asleep, is not counted. {@link #answered} is for any thread, the rest for one.
 */
final class Heartbeat {
    private final long periodNanos;
    private final AtomicBoolean answered = new AtomicBoolean(true);
    private long lastTick;
    private long silentNanos;

    /** Begins: the process is taken to have answered just now. {@code periodNanos}: the time between two ticks. */
    Heartbeat(long periodNanos, long nowNanos) {
        this.periodNanos = periodNanos;
        this.lastTick = nowNanos;
    }

    /** The other process has answered. */
    void answered() {
        answered.set(true);
    }

    /** Some time has passed; answers whether the next question is due, since the last one was answered. */
    boolean tick(long nowNanos) {
        long passed = nowNanos - lastTick;
        lastTick = nowNanos;
        if (answered.getAndSet(false)) {
            silentNanos = 0;
            return true;
        }
        silentNanos += Math.min(passed, 2 * periodNanos);
        return false;
    }

    /** How long the last question has been waiting for its answer. */
    long silentNanos() {
        return silentNanos;
    }
}
