package dev.sightline.socketio;

import org.jspecify.annotations.Nullable;

/** The acknowledgement of one event. Safe for use by any thread. */
public interface Ack {
    /** Whether the client asked for an acknowledgement. */
    boolean isWanted();

    /**
     * Answers the event. Only the first answer counts; it is discarded if the client did not ask for one.
     *
     * @param arguments JSON values, with {@code byte[]} anywhere in them, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    void send(@Nullable Object... arguments);
}
