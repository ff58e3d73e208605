package dev.sightline.http.websocket;

import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Outlet;
import dev.sightline.http.connection.Timeouts;
import io.netty.channel.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the other side of a WebSocket is alive, and ends the connection if not.
 *
 * <p>A ping has to be answered within a minute. A client that stops reading cannot see the ping, and is not dead: it is
 * recognized by its unsent data in this computer, and closed only after minutes without reading any.
 */
final class Heartbeat {
    private final Channel channel;
    private final Outlet outlet;
    private final Timeouts patience;

    private boolean pingUnderWay;
    private boolean answerAwaited;
    private long pingLeftNanos;
    private @Nullable Future<?> beats;

    Heartbeat(Channel channel, Outlet outlet, Timeouts patience) {
        this.channel = channel;
        this.outlet = outlet;
        this.patience = patience;
    }

    void start() {
        long period = patience.pingEvery().toMillis();
        beats = channel.eventLoop().scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    void stop() {
        Future<?> running = beats;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Something came from the other side: it is alive. */
    void heard() {
        answerAwaited = false;
    }

    private void beat() {
        boolean unread = !outlet.isEmpty();
        boolean dead = unread ? outlet.isStalled(patience.stalled()) : isSilent();
        if (dead) {
            Outcomes.timedOut(unread ? Outcomes.TimeOut.UNREAD : Outcomes.TimeOut.PING);
            channel.close();
        } else if (!pingUnderWay) {
            ping();
        }
    }

    private boolean isSilent() {
        return answerAwaited
                && System.nanoTime() - pingLeftNanos > patience.silent().toNanos();
    }

    private void ping() {
        pingUnderWay = true;
        outlet.reply(WebSocketFrames.frame(channel.alloc(), WebSocketFrames.PING, new byte[0]))
                .addListener(written -> pingLeft());
    }

    private void pingLeft() {
        pingUnderWay = false;
        if (!answerAwaited) {
            answerAwaited = true;
            pingLeftNanos = System.nanoTime();
        }
    }
}
