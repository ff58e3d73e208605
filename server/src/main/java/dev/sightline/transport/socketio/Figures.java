package dev.sightline.transport.socketio;

import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.metrics.Family;
import dev.sightline.transport.socketio.engine.Engine;
import dev.sightline.transport.socketio.engine.EngineSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/** The metrics of this room. Safe for use by any thread. */
final class Figures {
    private final RateLimitedLog log =
            new RateLimitedLog(LoggerFactory.getLogger(SocketIoHandlers.class), Duration.ofSeconds(1));
    private final AtomicInteger clients = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final LongAdder pictures = new LongAdder();
    private final LongAdder senders = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder ignored = new LongAdder();

    /** A request or a connection to a namespace was refused; each reason is logged once. */
    void refused(String why) {
        refused.increment();
        log.report("a Socket.IO client was refused: " + why);
    }

    /** A client sent an event that has no meaning here. */
    void ignored(String why) {
        ignored.increment();
        log.report("a Socket.IO client's event was refused: " + why);
    }

    /** A frame was refused as malformed or too large. */
    void refusedPicture(String stream, String why) {
        pictures.increment();
        log.report("stream '" + stream + "': a picture was refused: " + why);
    }

    /** A sender was refused, at all or for now. */
    void refusedSender(String stream, String why) {
        senders.increment();
        log.report("stream '" + stream + "': a sender was refused: " + why);
    }

    /** A session ended through its client's fault. */
    void ended(String reason) {
        if (reason.startsWith(EngineSession.PARSE_ERROR)) {
            malformed.increment();
            log.report("a Socket.IO client was disconnected: " + reason);
        } else if (reason.equals(EngineSession.PING_TIMEOUT)) {
            silent.increment();
        } else if (reason.equals(EngineSession.TOO_SLOW)) {
            slow.increment();
            log.report("a Socket.IO client was disconnected: it does not read what it is sent");
        }
    }

    void joined() {
        clients.incrementAndGet();
    }

    void left() {
        clients.decrementAndGet();
    }

    int clients() {
        return clients.get();
    }

    List<Family> read(Engine engine) {
        long sockets = engine.onWebSocket();
        return List.of(
                Family.gauge("sightline_socketio_sessions", "Socket.IO sessions now, by transport.")
                        .add(sockets, "carrier", "websocket")
                        .add(engine.sessions() - sockets, "carrier", "polling"),
                Family.gauge("sightline_socketio_clients", "Socket.IO clients in namespaces now.")
                        .add(clients.get()),
                Family.counter("sightline_socketio_refused", "Socket.IO requests and clients that were refused.")
                        .add(refused.sum()),
                Family.counter(
                                "sightline_socketio_refused_pictures",
                                "Frames sent by Socket.IO that were malformed, cut short or too large.")
                        .add(pictures.sum()),
                Family.counter(
                                "sightline_socketio_refused_senders",
                                "Frames sent by Socket.IO whose sender was refused: the name taken, or no room.")
                        .add(senders.sum()),
                Family.counter("sightline_socketio_ended", "Socket.IO sessions that were ended, by reason.")
                        .add(malformed.sum(), "reason", "malformed")
                        .add(silent.sum(), "reason", "silent")
                        .add(slow.sum(), "reason", "slow"),
                Family.counter(
                                "sightline_socketio_delays",
                                "How often packets of a long-polling session exceeded its rate, and had to wait.")
                        .add(engine.delays()),
                Family.counter("sightline_socketio_ignored_events", "Events from clients that have no meaning here.")
                        .add(ignored.sum()));
    }
}
