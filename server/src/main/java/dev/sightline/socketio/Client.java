package dev.sightline.socketio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. Safe for use by any thread; after the client has left, nothing reaches it. */
public interface Client {
    /** The client's unguessable id; each reconnection gets a new one. */
    String id();

    /** What the client sent when it connected. */
    Handshake handshake();

    /** The namespace the client is connected to. */
    String namespace();

    /** Whether the client is connected. */
    boolean isConnected();

    /**
     * Sends the client an event.
     *
     * @param arguments JSON values, with {@code byte[]} anywhere in them, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends the client an event and asks for its acknowledgement.
     *
     * @param timeout after which the future fails with a {@link TimeoutException}, as it also does if the client leaves
     * @param arguments as in {@link #emit}
     * @throws IllegalArgumentException if they cannot be sent
     */
    CompletableFuture<Arguments> request(Duration timeout, String event, @Nullable Object... arguments);

    /** Disconnects the client from this namespace. */
    void disconnect();
}
