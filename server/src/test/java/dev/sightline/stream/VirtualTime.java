package dev.sightline.stream;

import dev.sightline.frame.CaptureClock;
import dev.sightline.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Time that stands still until a test lets it pass. What streams do every so often is done as it passes, by their watch. */
final class VirtualTime {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Watch watch = new Watch();
    private final CaptureClock clock = CaptureClock.of(this::nanos, 1_700_000_000_000_000_000L);
    private volatile long nanos;

    StreamTime streams() {
        return new StreamTime(clock, watch);
    }

    private long nanos() {
        return nanos;
    }

    /** Lets so much time pass. */
    void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (nanos < end) {
            nanos = Math.min(end, nanos + STEP_NANOS);
            watch.tick();
        }
    }

    /** Lets time pass until something holds, in steps of 50 ms. */
    void until(String what, BooleanSupplier condition) {
        until(what, Duration.ofNanos(STEP_NANOS), condition);
    }

    /** Lets time pass until something holds; other threads have 5 ms of real time to act in each step. */
    void until(String what, Duration step, BooleanSupplier condition) {
        Await.until(what, () -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            pass(step);
            return false;
        });
    }

    /** A thread that does at once what is asked of it, and again and again what is asked for as time passes. */
    private final class Watch extends ScheduledThreadPoolExecutor {
        private final List<Repeated> repeated = new ArrayList<>();

        Watch() {
            super(1, task -> Threads.daemon(task, "virtual-watch"));
            setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            // Never runs: it stands for the task, so that this can be cancelled.
            ScheduledFuture<?> handle = schedule(() -> {}, 1, TimeUnit.DAYS);
            synchronized (repeated) {
                repeated.add(new Repeated(task, unit.toNanos(delay), handle, nanos));
            }
            return handle;
        }

        void tick() {
            List<Repeated> now;
            synchronized (repeated) {
                now = List.copyOf(repeated);
            }
            now.stream().filter(Repeated::isDue).forEach(each -> join(submit(each.task)));
        }

        private void join(Future<?> task) {
            try {
                task.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A task that is run again and again. */
    private final class Repeated {
        private final Runnable task;
        private final long delay;
        private final Future<?> handle;
        private long last;

        Repeated(Runnable task, long delay, Future<?> handle, long now) {
            this.task = task;
            this.delay = delay;
            this.handle = handle;
            this.last = now;
        }

        boolean isDue() {
            if (handle.isCancelled() || nanos - last < delay) {
                return false;
            }
            last = nanos;
            return true;
        }
    }
}
