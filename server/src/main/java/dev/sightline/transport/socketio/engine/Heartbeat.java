package dev.sightline.transport.socketio.engine;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pings a client periodically. Used in the session's order.
 *
 * <p>With long-polling, a client that does not poll has until a fixed time, however late a busy server's timers are: a later
 * poll finds the session ended, whether or not a timer ran first.
 */
final class Heartbeat {
    /** Clients' timers count whole milliseconds. */
    private static final long GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EngineSession session;
    private final EngineSettings settings;
    private final LongSupplier nanoTime;
    private final long patienceNanos;
    private long answerBy;
    private @Nullable Future<?> next;

    Heartbeat(EngineSession session, EngineSettings settings, LongSupplier nanoTime) {
        this.session = session;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.patienceNanos =
                settings.pingInterval().plus(settings.pingTimeout()).toNanos();
        this.answerBy = nanoTime.getAsLong() + patienceNanos;
    }

    /** Sends the first ping after an interval. */
    void begin() {
        schedule(settings.pingInterval().toNanos(), session::ping);
    }

    /** The client is alive: it gets the next ping after an interval. */
    void pingLater() {
        answerBy = nanoTime.getAsLong() + patienceNanos;
        begin();
    }

    /** The client has received the ping, and has to answer within the timeout from now. */
    void awaitPong() {
        answerBy = nanoTime.getAsLong() + settings.pingTimeout().toNanos();
        schedule(settings.pingTimeout().toNanos(), session::silent);
    }

    /** The ping waits for the client's poll: the client has to fetch and answer it by the fixed time. */
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
