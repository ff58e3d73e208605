package dev.sightline.transport.socketio;

import dev.sightline.refusal.RefusedException;
import dev.sightline.socketio.Ack;
import java.util.List;

/** A client's binding to a stream. Used in its session's order. */
interface StreamBinding {
    /**
     * Begins, on the session's current event loop.
     *
     * @throws RefusedException if there is no place at the stream
     */
    void open() throws RefusedException;

    /** Stops sending on the session's current event loop; {@link #open} follows on another. */
    void pause();

    /** The client leaves. */
    void close();

    /** Handles an event for the stream; false if it is not. */
    boolean event(String name, List<?> arguments, Ack ack);

    /** The refusal of an event that was not handled. */
    Refusal refusal(String event);
}
