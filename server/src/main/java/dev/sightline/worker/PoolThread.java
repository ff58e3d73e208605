package dev.sightline.worker;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which a pool decides. What fails there is logged, and all else goes on; after its end it takes nothing. */
final class PoolThread {
    private static final Logger LOG = LoggerFactory.getLogger(PoolThread.class);

    private final ScheduledExecutorService executor;

    PoolThread() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sightline-workers");
            thread.setDaemon(true);
            return thread;
        });
        made.setRemoveOnCancelPolicy(true);
        made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.executor = made;
    }

    void execute(Runnable work) {
        after(Duration.ZERO, work);
    }

    void after(Duration wait, Runnable work) {
        try {
            executor.schedule(guarded(work), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the pool is closed");
        }
    }

    void every(Duration period, Runnable work) {
        executor.scheduleWithFixedDelay(guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs work there and waits for it, for a while. */
    void call(Runnable work, Duration longest) {
        try {
            executor.submit(guarded(work)).get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.warn("the watch over workers does not end: {}", e.toString());
        }
    }

    void close() {
        executor.shutdown();
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("the watch over workers failed: {}", e.toString(), e);
            }
        };
    }
}
