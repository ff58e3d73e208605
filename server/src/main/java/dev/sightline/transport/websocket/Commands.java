package dev.sightline.transport.websocket;

import dev.sightline.http.limits.TokenBucket;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.InputSender;
import dev.sightline.stream.LiveStream;
import java.util.Optional;

/**
 * The text messages of one client that speaks {@code sightline.v1}: each is an input for the stream's processors. Used on its
 * connection's event loop.
 */
final class Commands {
    private final String name;
    private final WebSocket socket;
    private final Figures figures;
    private final InputSender inputs;
    private Optional<LiveStream> stream = Optional.empty();

    /**
     * Creates the commands of a client that is at no stream yet.
     *
     * @param name of the stream, for messages
     */
    Commands(String name, WebSocket socket, Figures figures) {
        this.name = name;
        this.socket = socket;
        this.figures = figures;
        TokenBucket bucket = new TokenBucket(InputSender.PER_SECOND, InputSender.AT_ONCE, System::nanoTime);
        this.inputs = new InputSender(() -> bucket.take(1));
    }

    /** The stream that inputs go to from now on: of a mirror, the client's own session. */
    void at(LiveStream entered) {
        stream = Optional.of(entered);
    }

    /** Takes a message, or says why not. */
    void text(String message) {
        try {
            inputs.send(stream.orElseThrow(this::tooEarly), message);
        } catch (RefusedException e) {
            figures.ignored(name, e.getMessage());
            socket.text(TextMessage.error(e.getMessage(), e.status()));
        }
    }

    private RefusedException tooEarly() {
        return new RefusedException(
                Reason.NOT_TAKEN,
                "stream '" + name + "' takes input once you have sent it a picture; pictures are binary");
    }
}
