package dev.sightline.socketio;

import org.jspecify.annotations.Nullable;

/** The acknowledgement of one event. Safe for use by any thread. */
public interface Ack {
    /** Whether the client asked for it. */
    boolean isWanted();

    /**
     * Answers the event; only the first answer counts, and none where none is wanted.
     *
     * @param arguments what JSON can say, and {@code byte[]} anywhere in it, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    void send(@Nullable Object... arguments);
}
