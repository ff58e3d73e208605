package dev.sightline.transport.socketio.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What carries a session: long-polling at first, or a WebSocket. A WebSocket may take over from long-polling: it probes, and
 * does so when the client says so.
 *
 * <pre>
 *            long-polling: a poll waits for what there is to send; POSTs bring what is received
 *   open ──┤     │ probe, then upgrade
 *            WebSocket
 * </pre>
 *
 * <p>Used in the session's order; what comes from the client, by any thread.
 */
final class Transports {
    private final EngineSession session;
    private final Outbox outbox;
    private final Duration upgradeTimeout;
    private final PollingTransport polling;
    private volatile @Nullable SocketTransport socket;
    private @Nullable SocketTransport probing;

    Transports(EngineSession session, Outbox outbox, LatePolls latePolls, Duration upgradeTimeout) {
        this.session = session;
        this.outbox = outbox;
        this.upgradeTimeout = upgradeTimeout;
        this.polling = new PollingTransport(session, outbox, latePolls);
    }

    /** Whether a WebSocket carries the session; any thread. */
    boolean isWebSocket() {
        return socket != null;
    }

    /** From now on a WebSocket carries it. */
    void carry(SocketTransport transport) {
        socket = transport;
        limit();
    }

    /** What the client may send has changed. */
    void limit() {
        SocketTransport transport = socket;
        if (transport != null) {
            limit(transport);
        }
    }

    private void limit(SocketTransport transport) {
        transport.limit(session.first().maxBytes(), session.first().why());
    }

    /** Sends what is in the outbox, as far as it can go now. */
    void flush() {
        SocketTransport transport = socket;
        if (transport == null) {
            polling.flush();
            return;
        }
        for (Wire next = outbox.next(); next != null; next = outbox.next()) {
            Wire wire = next;
            transport.send(wire.frames(), () -> session.gone(wire));
        }
    }

    /** Sends a feed's newest, when it can go out. */
    void offer(Feed feed) {
        SocketTransport transport = socket;
        if (transport != null) {
            transport.send(feed.frames(), feed::gone);
        } else {
            polling.offer(feed);
        }
    }

    /** The client leaves: by long-polling it has a poll open or on its way, which is to be answered. */
    void expectLastPoll() {
        if (socket == null) {
            polling.expectLast();
        }
    }

    /** Nothing is carried any more: polls hear the last that there is to say, WebSockets a code and a reason. */
    void stop(Wire last, int closeCode, String why) {
        polling.stop(last);
        for (SocketTransport transport : new SocketTransport[] {socket, probing}) {
            if (transport != null) {
                transport.close(closeCode, why);
            }
        }
    }

    /**
     * A client waits for what there is to send. It may come by another event loop than the WebSocket that is taking over:
     * what that one has received by now was sent before, and comes first.
     */
    void poll(Poll request) {
        session.execute(() -> {
            SocketTransport transport = probing;
            if (transport == null) {
                polling.poll(request);
            } else {
                transport.whenRead(() -> session.execute(() -> polling.poll(request)));
            }
        });
    }

    /** A client sends packets. */
    void post(byte[] body, Poll request) {
        session.input().add(body.length); // until it is taken
        session.execute(() -> polling.post(body, request));
    }

    /** A WebSocket wants to take over, within a time limit. */
    void probe(SocketTransport transport) {
        session.execute(() -> {
            if (session.isClosed() || socket != null || probing != null) {
                transport.close();
                return;
            }
            probedBy(transport);
            limit(transport);
            EventLoops.later(
                    session.executor(), () -> session.execute(() -> giveUp(transport)), upgradeTimeout.toNanos());
        });
    }

    /** Text came over a WebSocket, which may be probing still. */
    void onText(SocketTransport transport, String message) {
        received(message.length(), () -> {
            if (transport == socket) {
                session.receive(message);
            } else if (transport == probing) {
                probed(transport, message);
            }
        });
    }

    /** Bytes came over a WebSocket. */
    void onBinary(SocketTransport transport, byte[] message) {
        received(message.length, () -> {
            if (transport == socket) {
                session.receive(message);
            } else {
                giveUp(transport);
            }
        });
    }

    /** A WebSocket has closed. */
    void onClose(SocketTransport transport) {
        session.execute(() -> {
            if (transport == socket) {
                session.end(EngineSession.TRANSPORT_CLOSE, Wire.NOOP);
            } else if (transport == probing) {
                probedBy(null);
            }
        });
    }

    /** What has come counts until it is its turn. */
    private void received(int bytes, Reading reading) {
        session.input().add(bytes);
        session.execute(() -> {
            session.input().add(-bytes);
            try {
                reading.run();
            } catch (MalformedPacketException e) {
                session.malformed(e);
            }
        });
    }

    private void probed(SocketTransport transport, String message) {
        if (message.equals("2probe")) {
            transport.text("3probe");
            polling.flush();
        } else if (message.equals("5")) {
            probedBy(null);
            polling.stop(Wire.NOOP);
            session.moveTo(transport.executor());
            carry(transport);
        } else {
            giveUp(transport);
        }
    }

    /** The session stays on long-polling, if this WebSocket is still probing. */
    private void giveUp(SocketTransport transport) {
        if (transport == probing) {
            probedBy(null);
            transport.close();
        }
    }

    private void probedBy(@Nullable SocketTransport transport) {
        probing = transport;
        polling.hold(transport != null);
    }

    /** Takes what has come. */
    private interface Reading {
        void run() throws MalformedPacketException;
    }
}
