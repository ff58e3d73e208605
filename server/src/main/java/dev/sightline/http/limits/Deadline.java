package dev.sightline.http.limits;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time limit for a request or a message: an action runs unless the limit is stopped or starts anew in time. Both cost next to
 * nothing, since there is one timer for all of them: when it is over, it looks whether anything is due. Used by one thread at a
 * time.
 */
public final class Deadline {
    private final Timer timer;
    private final Runnable late;
    private boolean running;
    private boolean ended;
    private long beganNanos;
    private long dueNanos;
    private @Nullable Future<?> look;
    private long lookNanos;

    /**
     * Creates a limit that is not running.
     *
     * @param late runs when the time is over
     */
    public Deadline(Timer timer, Runnable late) {
        this.timer = timer;
        this.late = late;
    }

    /** Creates one that is used on an event loop. */
    public static Deadline on(EventExecutor loop, Runnable late) {
        return new Deadline(new LoopTimer(loop), late);
    }

    /** Runs tasks later, on the thread that makes all other calls. */
    public interface Timer {
        /** The time as {@link System#nanoTime}. */
        long nanoTime();

        /** Runs a task after this many nanoseconds. */
        Future<?> in(Runnable task, long nanos);
    }

    /** Starts, or starts anew. */
    public void start(Duration most) {
        running = !ended;
        beganNanos = timer.nanoTime();
        change(most);
    }

    /** Starts when something unfinished is there, and stops when nothing is; what is unfinished still does not start it anew. */
    public void unfinished(boolean now, Duration most) {
        if (!now) {
            stop();
        } else if (!running) {
            start(most);
        }
    }

    /** Sets another limit for what is running, from the same beginning. */
    public void change(Duration most) {
        if (!running) {
            return;
        }
        dueNanos = beganNanos + most.toNanos();
        if (look != null && dueNanos - lookNanos < 0) {
            cancel();
        }
        if (look == null) {
            lookAt(dueNanos);
        }
    }

    /** Stops. */
    public void stop() {
        running = false;
    }

    /** Stops for good. */
    public void end() {
        running = false;
        ended = true;
        cancel();
    }

    private void lookAt(long nanos) {
        lookNanos = nanos;
        look = timer.in(this::look, nanos - timer.nanoTime());
    }

    private void look() {
        look = null;
        if (!running) {
            return;
        }
        if (dueNanos - timer.nanoTime() > 0) {
            lookAt(dueNanos);
        } else {
            running = false;
            late.run();
        }
    }

    private void cancel() {
        Future<?> waiting = look;
        look = null;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private record LoopTimer(EventExecutor loop) implements Timer {
        @Override
        public long nanoTime() {
            return loop.ticker().nanoTime();
        }

        @Override
        public Future<?> in(Runnable task, long nanos) {
            return loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
