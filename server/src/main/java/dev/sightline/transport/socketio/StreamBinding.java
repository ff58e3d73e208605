package dev.sightline.transport.socketio;

import dev.sightline.socketio.Ack;
import dev.sightline.socketio.ConnectRefusedException;
import java.util.List;

/** What a client has of a stream. Used in its session's order. */
interface StreamBinding {
    /**
     * Begins, on the session's event loop of now.
     *
     * @throws ConnectRefusedException if there is no place at the stream
     */
    void open() throws ConnectRefusedException;

    /** Sends nothing any more on the session's event loop of now; {@link #open} follows on another. */
    void pause();

    /** The client leaves. */
    void close();

    /** Takes an event that is meant for the stream; false if it is not. */
    boolean event(String name, List<?> arguments, Ack ack);

    /** What the sender of an event is told that was not taken. */
    Refusal refusal(String event);
}
