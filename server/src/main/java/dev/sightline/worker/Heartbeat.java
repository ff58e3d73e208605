package dev.sightline.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Notices that a process no longer answers. What this process itself was late with, because the machine is overloaded or was
 * asleep, is not counted; nor is what the other one waited for the CPU, up to a bound. {@link #answered} is for any thread, the
 * rest for one.
 */
final class Heartbeat {
    /** How much longer a silence may be because of an overloaded machine, in all. */
    static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long periodNanos;
    private final Supplier<CpuTimes> times;
    private final CpuWait wait = new CpuWait();
    private final AtomicBoolean answered = new AtomicBoolean(true);
    private long lastTick;
    private long silentNanos;

    /**
     * Begins: the process is taken to have answered just now.
     *
     * @param periodNanos the time between two ticks
     * @param times asked for while it does not answer
     */
    Heartbeat(long periodNanos, long nowNanos, Supplier<CpuTimes> times) {
        this.periodNanos = periodNanos;
        this.times = times;
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
            wait.reset();
            return true;
        }
        wait.look(times.get(), nowNanos);
        silentNanos += Math.min(passed, 2 * periodNanos);
        return false;
    }

    /** How long the process has left the last question unanswered though it could have answered. */
    long silentNanos() {
        return Math.max(0, silentNanos - Math.min(wait.nanos(), MOST_WAIT_NANOS));
    }
}
