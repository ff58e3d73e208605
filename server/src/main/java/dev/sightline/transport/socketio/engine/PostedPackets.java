package dev.sightline.transport.socketio.engine;

import dev.sightline.http.limits.TokenBucket;

/**
 * The packets that a POST of long-polling brings. They are taken a few a turn of the event loop and no faster than a rate, and
 * the POST is answered when all are. Used in the session's order.
 */
final class PostedPackets {
    private static final int PACKETS_A_TURN = 64;
    /** Fewer long ones: a turn ends after this many bytes. */
    private static final int BYTES_A_TURN = 64 * 1024;
    /** In the long run, the same as for WebSocket messages. */
    private static final int PACKETS_A_SECOND = 500;

    private static final int PACKETS_AT_ONCE = 2_000;

    private final EngineSession session;
    private final TokenBucket rate = new TokenBucket(PACKETS_A_SECOND, PACKETS_AT_ONCE, System::nanoTime);
    private final Payload.Receiver receiver = new Payload.Receiver() {
        @Override
        public void text(String packet) throws MalformedPacketException {
            session.receive(packet);
        }

        @Override
        public void binary(byte[] message) throws MalformedPacketException {
            session.receive(message);
        }
    };
    private boolean underWay;

    PostedPackets(EngineSession session) {
        this.session = session;
    }

    /** Whether a POST is not answered yet. */
    boolean isUnderWay() {
        return underWay;
    }

    /** Begins with a POST, whose bytes count as the session's input until they are processed. */
    void take(byte[] body, Poll request) {
        underWay = true;
        goOn(new Payload(body), request);
    }

    private void goOn(Payload payload, Poll request) {
        try {
            int most = payload.taken() + BYTES_A_TURN;
            for (int i = 0; i < PACKETS_A_TURN && payload.hasNext() && payload.taken() < most && rate.take(1); i++) {
                payload.next(receiver);
            }
        } catch (MalformedPacketException e) {
            taken(payload);
            request.answer(EngineError.BAD_REQUEST.response("malformed: " + e.getMessage()));
            session.malformed(e);
            return;
        }
        if (payload.hasNext() && !session.isClosed()) {
            later(payload, request);
        } else {
            taken(payload);
            request.answer(Poll.OK);
        }
    }

    private void later(Payload payload, Poll request) {
        long wait = rate.nanosUntil(1);
        if (wait > 0) {
            session.delayed();
        }
        EventLoops.later(session.executor(), () -> session.execute(() -> goOn(payload, request)), wait);
    }

    private void taken(Payload payload) {
        underWay = false;
        session.input().add(-payload.length());
    }
}
