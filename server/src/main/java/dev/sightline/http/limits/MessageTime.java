package dev.sightline.http.limits;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit in time for each message, from its first byte to its last. Used by one thread at a time; its timer runs once in
 * that time, and not once a message.
 */
public final class MessageTime {
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final long mostNanos;
    private final Runnable late;
    private boolean unfinished;
    private long beganNanos;
    private @Nullable Future<?> running;

    /**
     * With no message begun.
     *
     * @param timer runs what it is given where all else here is called
     * @param nanoTime as {@link System#nanoTime}
     * @param most how long a message may take
     * @param late what happens when one was not complete in time
     */
    public MessageTime(Timer timer, LongSupplier nanoTime, Duration most, Runnable late) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.mostNanos = most.toNanos();
        this.late = late;
    }

    /** All on one event loop. */
    public static MessageTime on(EventExecutor loop, Duration most, Runnable late) {
        return new MessageTime(
                (task, nanos) -> loop.schedule(task, nanos, TimeUnit.NANOSECONDS), loop.ticker()::nanoTime, most, late);
    }

    /** Runs something after a time. */
    @FunctionalInterface
    public interface Timer {
        /** Runs a task after so many nanoseconds. */
        Future<?> in(Runnable task, long nanos);
    }

    /** A message was complete: what is unfinished after it is another. */
    public void finished() {
        unfinished = false;
    }

    /** Whether a message is unfinished now. */
    public void unfinished(boolean now) {
        if (now && !unfinished) {
            beganNanos = nanoTime.getAsLong();
            if (running == null) {
                running = timer.in(this::look, mostNanos);
            }
        }
        unfinished = now;
    }

    /** No message is awaited any more. */
    public void stop() {
        unfinished = false;
        Future<?> ending = running;
        if (ending != null) {
            ending.cancel(false);
        }
    }

    private void look() {
        running = null;
        if (!unfinished) {
            return;
        }
        long left = beganNanos + mostNanos - nanoTime.getAsLong();
        if (left > 0) {
            running = timer.in(this::look, left);
        } else {
            unfinished = false;
            late.run();
        }
    }
}
