package dev.sightline.transport.socketio.engine;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a client asked again and again whether it lives. Used in the session's order.
 *
 * <p>By long-polling a client that asks for nothing has until a fixed time, however late a busy server's timers are: a
 * poll that comes after that time finds the session ended, whether a timer was there first or not.
 */
final class Heartbeat {
    /** Clients' timers count whole milliseconds. */
    private static final long GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DefaultEngineSession session;
    private final EngineSettings settings;
    private final LongSupplier nanoTime;
    private final long patienceNanos;
    private long answerBy;
    private @Nullable Future<?> next;

    Heartbeat(DefaultEngineSession session, EngineSettings settings, LongSupplier nanoTime) {
        this.session = session;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.patienceNanos =
                settings.pingInterval().plus(settings.pingTimeout()).toNanos();
        this.answerBy = nanoTime.getAsLong() + patienceNanos;
    }

    /** A client that has just come is asked after a while. */
    void begin() {
        schedule(settings.pingInterval().toNanos(), session::ping);
    }

    /** The client lives: it is asked again after a while. */
    void pingLater() {
        answerBy = nanoTime.getAsLong() + patienceNanos;
        begin();
    }

    /** The client has got the question, and has to answer within a time from now. */
    void awaitPong() {
        answerBy = nanoTime.getAsLong() + settings.pingTimeout().toNanos();
        schedule(settings.pingTimeout().toNanos(), session::silent);
    }

    /** The question waits for the client's poll: it has to fetch and answer it by the fixed time. */
    void awaitPongInTime() {
        schedule(answerBy - nanoTime.getAsLong(), session::silent);
    }

    /** Whether the fixed time is over. */
    boolean isOverdue() {
        return answerBy - nanoTime.getAsLong() <= GRAIN_NANOS;
    }

    void stop() {
        Future<?> running = next;
        next = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void schedule(long nanos, Runnable action) {
        stop();
        try {
            next = session.executor().schedule(() -> session.execute(action), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            session.abandon(); // the server has stopped
        }
    }
}
