package dev.sightline.transport.socketio;

import dev.sightline.http.limits.Deadline;
import dev.sightline.transport.socketio.engine.EngineSession;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The session's order, in which tasks run later as well. */
record SessionTimer(EngineSession session) implements Deadline.Timer {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Future<?> in(Runnable task, long nanos) {
        return session.executor().schedule(() -> session.execute(task), nanos, TimeUnit.NANOSECONDS);
    }
}
