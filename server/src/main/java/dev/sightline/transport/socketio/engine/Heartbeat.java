package dev.sightline.transport.socketio.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has a client asked again and again whether it lives. Used in the session's order. */
final class Heartbeat {
    private final CarriedSession session;
    private final EngineSettings settings;
    private @Nullable Future<?> next;

    Heartbeat(CarriedSession session, EngineSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /** The client lives: it is asked again after a while. */
    void pingLater() {
        schedule(settings.pingInterval(), session::ping);
    }

    /** The client has been asked, and has to answer in time. */
    void awaitPong() {
        schedule(settings.pingTimeout(), session::silent);
    }

    void stop() {
        Future<?> running = next;
        next = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void schedule(Duration time, Runnable action) {
        stop();
        try {
            next = session.executor().schedule(() -> session.execute(action), time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            session.abandon(); // the server has stopped
        }
    }
}
