package dev.sightline.transport.socketio.engine;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** How to get onto an event loop. */
public final class EventLoops {
    private EventLoops() {}

    /** Runs something on an event loop; at once if it is the caller's, and never if it has ended. */
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
     * Runs something in a later turn of an event loop, when all connections had theirs: what is scheduled, be it for now,
     * runs after those were looked at, whereas many tasks that are only handed in may run before.
     */
    public static void later(EventExecutor loop, Runnable action, long nanos) {
        try {
            loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // as above
        }
    }
}
