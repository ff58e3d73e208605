package dev.sightline.transport.socketio;

import dev.sightline.http.limits.TokenBucket;
import dev.sightline.refusal.RefusedException;
import dev.sightline.socketio.Ack;
import dev.sightline.stream.InputSender;
import dev.sightline.stream.LiveStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accepts a client's events {@code input}, with one object for the stream's processors. Used in its session's order. */
final class Inputs {
    private static final String EVENT = "input";
    private static final int ACCEPTED = 202;
    private static final int UNPROCESSABLE = 422;

    private final ConnectedClient client;
    private final Figures figures;
    private final InputSender inputs;

    Inputs(ConnectedClient client, Figures figures) {
        this.client = client;
        this.figures = figures;
        TokenBucket bucket = new TokenBucket(InputSender.PER_SECOND, InputSender.AT_ONCE, System::nanoTime);
        this.inputs = new InputSender(() -> bucket.take(1));
    }

    /** Takes an event, if it is one for a stream whose processors take input; others may be a program's own. */
    boolean event(LiveStream stream, String name, List<?> arguments, Ack ack) {
        if (!name.equals(EVENT) || !stream.takesInput()) {
            return false;
        }
        try {
            inputs.sendValue(stream, arguments.isEmpty() ? null : arguments.get(0));
            ack.send(Map.of("status", ACCEPTED));
        } catch (RefusedException e) {
            figures.ignored(e.getMessage());
            new Refusal(e.status(), e.getMessage()).tell(client, name, ack);
        }
        return true;
    }

    /** The refusal of an event that was not taken; empty if it was no input. */
    Optional<Refusal> refusal(LiveStream stream, String event) {
        return event.equals(EVENT)
                ? Optional.of(new Refusal(UNPROCESSABLE, "no processor of stream '" + stream.name() + "' takes input"))
                : Optional.empty();
    }
}
