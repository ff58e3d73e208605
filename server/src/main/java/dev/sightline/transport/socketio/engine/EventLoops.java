package dev.sightline.transport.socketio.engine;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs tasks on event loops. */
public final class EventLoops {
    private EventLoops() {}

    /** Runs a task on an event loop: at once if it is the caller's, and never if it has ended. */
    public static void run(EventExecutor loop, Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
            return;
        }
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            // the server has stopped, and the connection with it
        }
    }

    /**
     * Runs a task in a later turn of an event loop, after all connections were served: scheduled tasks, even those due now, run
     * after that, whereas many submitted tasks may run before.
     */
    public static void later(EventExecutor loop, Runnable action, long nanos) {
        try {
            loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // as above
        }
    }
}
