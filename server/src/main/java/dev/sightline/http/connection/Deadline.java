package dev.sightline.http.connection;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that happens unless it is put off in time. Used on one event loop. */
public final class Deadline {
    private final EventExecutor executor;
    private final Duration time;
    private final Runnable action;
    private @Nullable Future<?> scheduled;

    /** Not armed yet. */
    public Deadline(EventExecutor executor, Duration time, Runnable action) {
        this.executor = executor;
        this.time = time;
        this.action = action;
    }

    /** Starts the time anew. */
    public void arm() {
        disarm();
        scheduled = executor.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops the time. */
    public void disarm() {
        Future<?> running = scheduled;
        scheduled = null;
        if (running != null) {
            running.cancel(false);
        }
    }
}
