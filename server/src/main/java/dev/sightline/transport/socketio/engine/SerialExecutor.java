package dev.sightline.transport.socketio.engine;

import dev.sightline.http.limits.RateLimitedLog;
import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order they were submitted, on another executor, which may change: tasks before the change
 * happen before those after it. A task submitted by the current event loop runs at once.
 */
public final class SerialExecutor implements Executor {
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(SerialExecutor.class));
    private static final int MOST_AT_ONCE = 64;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Executor home;
    /** Submitted by a task, and run right after it. */
    private @Nullable Runnable urgent;

    /** Creates an idle one with its first executor. */
    public SerialExecutor(Executor home) {
        this.home = home;
    }

    /** Runs a task after earlier ones; any thread. If the executor is shut down, nothing runs any more. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            if (home instanceof EventExecutor loop && loop.inEventLoop()) {
                drain();
            } else {
                submit();
            }
        }
    }

    /** From a task: moves all following tasks to another executor, and runs {@code first} before those already submitted. */
    void moveTo(Executor other, Runnable first) {
        waiting.incrementAndGet();
        urgent = first;
        home = other;
    }

    private void submit() {
        try {
            home.execute(this::drain);
        } catch (RejectedExecutionException e) {
            tasks.clear(); // the server has stopped: there is nobody left to serve
        }
    }

    private void drain() {
        Executor here = home;
        for (int done = 1; ; done++) {
            Runnable task = next();
            if (task != null) {
                run(task);
            }
            if (waiting.decrementAndGet() == 0) {
                return;
            }
            if (home != here) {
                submit();
                return;
            }
            if (done == MOST_AT_ONCE) {
                goOnLater();
                return;
            }
        }
    }

    private void goOnLater() {
        if (home instanceof EventExecutor loop) {
            EventLoops.later(loop, this::drain, 0);
        } else {
            submit();
        }
    }

    private @Nullable Runnable next() {
        Runnable first = urgent;
        urgent = null;
        return first == null ? tasks.poll() : first;
    }

    /** One task's failure, even for lack of memory, must not affect the next: a session's end is a task too. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            tell(e);
        }
    }

    private static void tell(Throwable fault) {
        try {
            FAULTS.report("Socket.IO failed", fault);
        } catch (OutOfMemoryError again) {
            // Nobody can be informed now.
        }
    }
}
