package dev.sightline.socketio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. Safe for use by any thread; once it has left, nothing reaches it any more. */
public interface Client {
    /** Its name, which nobody can guess; another one after every reconnection. */
    String id();

    /** What it said when it came. */
    Handshake handshake();

    /** The namespace it is connected to. */
    String namespace();

    /** Whether it is connected. */
    boolean isConnected();

    /**
     * Sends it an event.
     *
     * @param arguments what JSON can say, and {@code byte[]} anywhere in it, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends it an event and asks for its acknowledgement.
     *
     * @param timeout after which the answer is a {@link TimeoutException}; it is that too if the client leaves
     * @param arguments as in {@link #emit}
     * @throws IllegalArgumentException if they cannot be sent
     */
    CompletableFuture<Arguments> request(Duration timeout, String event, @Nullable Object... arguments);

    /** Sends it away from this namespace. */
    void disconnect();
}
