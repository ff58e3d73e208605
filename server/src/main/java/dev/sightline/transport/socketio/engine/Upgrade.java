package dev.sightline.transport.socketio.engine;

import org.jspecify.annotations.Nullable;

/** The upgrade from long-polling: a WebSocket probes, and takes over when the client says so. Used in the session's order. */
final class Upgrade {
    private final DefaultEngineSession session;
    private @Nullable SocketTransport probing;

    Upgrade(DefaultEngineSession session) {
        this.session = session;
    }

    /** The WebSocket that probes. */
    @Nullable
    SocketTransport probing() {
        return probing;
    }

    /** A WebSocket wants to take over; it has a time to do so. */
    void probe(SocketTransport socket) {
        if (session.isClosed() || session.isOnWebSocket() || probing != null) {
            socket.close();
            return;
        }
        probedBy(socket);
        session.limit(socket);
        session.whenUpgradeIsLate(() -> giveUp(socket));
    }

    /** The probing WebSocket says something. */
    void onText(String packet) {
        SocketTransport socket = probing;
        if (socket == null) {
            return;
        }
        if (packet.equals("2probe")) {
            socket.text("3probe");
            session.polling().flush();
        } else if (packet.equals("5")) {
            probedBy(null);
            session.moveTo(socket);
        } else {
            giveUp(socket);
        }
    }

    /** The session stays on long-polling, if this one probes still. */
    void giveUp(SocketTransport socket) {
        if (socket == probing) {
            probedBy(null);
            socket.close();
        }
    }

    /** The probing WebSocket has closed. */
    void forget() {
        probedBy(null);
    }

    private void probedBy(@Nullable SocketTransport socket) {
        probing = socket;
        session.polling().hold(socket != null);
    }
}
