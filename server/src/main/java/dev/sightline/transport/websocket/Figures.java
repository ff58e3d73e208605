package dev.sightline.transport.websocket;

import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.metrics.Family;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/** Refused input of WebSockets: counted, and each reason logged once. Safe for use by any thread. */
final class Figures {
    private final LongAdder ignored = new LongAdder();
    private final LongAdder pictures = new LongAdder();
    private final LongAdder senders = new LongAdder();
    private final RateLimitedLog log =
            new RateLimitedLog(LoggerFactory.getLogger(WebSocketTransport.class), Duration.ofSeconds(1));

    /** A message that has no meaning here. */
    void ignored(String stream, String why) {
        ignored.increment();
        log.report("stream '" + stream + "': a message was refused: " + why);
    }

    /** A frame was refused as malformed or too large. */
    void picture(String stream, String why) {
        pictures.increment();
        log.report("stream '" + stream + "': a picture was refused: " + why);
    }

    /** A sender was refused, at all or for now. */
    void sender(String stream, String why) {
        senders.increment();
        log.report("stream '" + stream + "': a sender was refused: " + why);
    }

    long ignoredMessages() {
        return ignored.sum();
    }

    List<Family> figures() {
        return List.of(
                Family.counter(
                                "sightline_websocket_ignored_messages",
                                "Messages from viewers that have no meaning here.")
                        .add(ignored.sum()),
                Family.counter(
                                "sightline_websocket_refused_pictures",
                                "Frames sent by WebSocket that were malformed, cut short or too large.")
                        .add(pictures.sum()),
                Family.counter(
                                "sightline_websocket_refused_senders",
                                "Senders by WebSocket that were refused: the name taken, no room, or a wrong choice.")
                        .add(senders.sum()));
    }
}
