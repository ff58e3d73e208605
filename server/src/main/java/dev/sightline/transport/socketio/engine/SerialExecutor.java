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
 * Runs tasks one at a time, in the order they were given, on another executor that can be changed on the way: what it
 * ran before happens before what it runs after. A task given by the event loop it runs on is run at once.
 */
public final class SerialExecutor implements Executor {
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(SerialExecutor.class));
    private static final int MOST_AT_ONCE = 64;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Executor home;
    /** Given by a task, and taken right after it. */
    private @Nullable Runnable urgent;

    /** Idle, on its first executor. */
    public SerialExecutor(Executor home) {
        this.home = home;
    }

    /** Runs a task after those given before; any thread. If the executor is shut down nothing runs any more. */
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

    /** From a task: all that follow run on another executor, and one before those that were given already. */
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

    /** What one task fails at is not the next one's business, though it be for want of memory: a session's end is a task too. */
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
            // Nobody can be told now.
        }
    }
}
