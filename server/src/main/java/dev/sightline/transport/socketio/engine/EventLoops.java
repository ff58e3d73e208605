package dev.sightline.transport.socketio.engine;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;

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
}
