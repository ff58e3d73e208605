package dev.sightline.transport.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The long-polling under a session: a poll waits until there is something to send, and its answer carries all of it.
 * Used in the session's order.
 */
final class PollingTransport {
    private final Outbox outbox;
    private final Consumer<Wire> gone;
    private boolean held;
    /** Whether a poll had its answer: whoever polls asks again at once. */
    private boolean answered;

    private @Nullable Poll waiting;
    private @Nullable Feed offered;
    private @Nullable Feed underWay;

    /**
     * Without a poll.
     *
     * @param gone is told of each packet that a poll was answered with
     */
    PollingTransport(Outbox outbox, Consumer<Wire> gone) {
        this.outbox = outbox;
        this.gone = gone;
    }

    /** Whether a poll waits for its answer. */
    boolean isPolled() {
        return waiting != null;
    }

    /** Whether the client's next poll has set out but not arrived. */
    boolean isNextOnItsWay() {
        return answered && waiting == null;
    }

    /** A client waits for what there is to send: it has got what was answered before. */
    void poll(Poll request) {
        waiting = request;
        Feed before = underWay;
        underWay = null;
        if (before != null) {
            before.gone();
        }
        flush();
    }

    /** Lets go of a poll that the client has left; whether it was the one that waits. */
    boolean forget(Poll request) {
        boolean waited = request == waiting;
        if (waited) {
            waiting = null;
            answered = false;
        }
        return waited;
    }

    /** Whether a WebSocket is about to take over: then pictures wait for it, and no poll does. */
    void hold(boolean soonReplaced) {
        held = soonReplaced;
    }

    void offer(Feed feed) {
        offered = feed;
        flush();
    }

    /** Answers the waiting poll, if there is anything to say. */
    void flush() {
        Poll request = waiting;
        if (request == null) {
            return;
        }
        List<byte[]> packets = packets();
        if (!packets.isEmpty()) {
            waiting = null;
            answered = true;
            request.answer(Poll.packets(Payload.join(packets)));
        }
    }

    /** Carries nothing any more: a poll that waits is answered with this, and feeds are forgotten. */
    void stop(Wire last) {
        Poll request = waiting;
        waiting = null;
        offered = null;
        underWay = null;
        if (request != null) {
            request.answer(Poll.packets(last.payload()));
        }
    }

    private List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        for (Wire next = outbox.next(); next != null; next = outbox.next()) {
            packets.add(next.payload());
            gone.accept(next);
        }
        Feed feed = offered;
        if (feed != null && !held) {
            offered = null;
            underWay = feed;
            packets.add(feed.payload());
        }
        if (packets.isEmpty() && held) {
            packets.add(Wire.NOOP.payload());
        }
        return packets;
    }
}
