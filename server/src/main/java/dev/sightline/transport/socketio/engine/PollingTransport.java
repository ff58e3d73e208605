package dev.sightline.transport.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The long-polling under a session: a poll waits until there is something to send, and its answer carries all of it; a POST
 * brings what is received. A session has one of each at a time. Used in the session's order.
 */
final class PollingTransport {
    private final EngineSession session;
    private final Outbox outbox;
    private final LatePolls latePolls;
    private final PostedPackets posted;
    private boolean held;
    /** Whether a poll was answered: the client then polls again at once. */
    private boolean answered;

    private @Nullable Poll waiting;
    private @Nullable Feed offered;
    private @Nullable Feed underWay;

    PollingTransport(EngineSession session, Outbox outbox, LatePolls latePolls) {
        this.session = session;
        this.outbox = outbox;
        this.latePolls = latePolls;
        this.posted = new PostedPackets(session);
    }

    /** A client waits for what there is to send. */
    void poll(Poll request) {
        if (carries()) {
            session.endIfOverdue();
        }
        if (!carries()) {
            request.answer(
                    latePolls.answer(session.id()).map(Poll::packets).orElseGet(EngineError.UNKNOWN_SESSION::response));
        } else if (waiting != null) {
            request.answer(EngineError.BAD_REQUEST.response("a session has one poll at a time"));
            session.end(EngineSession.TRANSPORT_ERROR, Wire.CLOSE);
        } else {
            request.onLeft(() -> session.execute(() -> left(request)));
            await(request);
        }
    }

    /** A client sends packets, whose bytes count as the session's input until they are taken. */
    void post(byte[] body, Poll request) {
        if (carries() && !posted.isUnderWay()) {
            posted.take(body, request);
            return;
        }
        session.input().add(-body.length);
        if (!carries()) {
            request.answer(EngineError.UNKNOWN_SESSION.response());
        } else {
            request.answer(EngineError.BAD_REQUEST.response("a session has one POST at a time"));
            session.end(EngineSession.TRANSPORT_ERROR, Wire.CLOSE);
        }
    }

    private boolean carries() {
        return !session.isClosed() && !session.transports().isWebSocket();
    }

    /** The client has got what was answered before. */
    private void await(Poll request) {
        waiting = request;
        Feed before = underWay;
        underWay = null;
        if (before != null) {
            before.gone();
        }
        flush();
    }

    private void left(Poll request) {
        if (request == waiting) {
            waiting = null;
            answered = false;
            session.end(EngineSession.TRANSPORT_CLOSE, Wire.NOOP);
        }
    }

    /** The client will ask once more, whether it was answered before or not. */
    void expectLast() {
        answered = true;
    }

    /** Sets whether a WebSocket is about to take over: then frames wait for it, and no poll waits. */
    void hold(boolean soonReplaced) {
        held = soonReplaced;
    }

    void offer(Feed feed) {
        offered = feed;
        flush();
    }

    /** Answers the waiting poll, if there is anything to send. */
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

    /** Carries nothing any more: a poll that waits, or is on its way, is answered with this, and feeds are forgotten. */
    void stop(Wire last) {
        Poll request = waiting;
        if (request != null) {
            request.answer(Poll.packets(last));
        } else if (answered) {
            latePolls.expect(session.id(), last);
        }
        waiting = null;
        answered = false;
        offered = null;
        underWay = null;
    }

    private List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        for (Wire next = outbox.next(); next != null; next = outbox.next()) {
            packets.add(next.payload());
            session.gone(next);
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
