package dev.sightline.socketio;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One namespace: its handlers, and the clients that are connected to it. Safe for use by any thread.
 *
 * <p>Handlers are called on threads of their own, never on an event loop, and for one client one at a time, in the order
 * in which it sent; those of different clients overlap. What a handler throws is logged, at most once a period.
 */
public interface Namespace {
    /** Its name, beginning with a slash. */
    String name();

    /** Calls a handler for each client that wants to connect, in the place of the one before; it may refuse. */
    Namespace onConnect(ConnectHandler handler);

    /** Calls a handler for each client that was connected and left, in the place of the one before. */
    Namespace onDisconnect(DisconnectHandler handler);

    /** Calls a handler for each event of a name, in the place of the one before. */
    Namespace on(String event, EventHandler handler);

    /**
     * Sends an event to all clients; it is encoded once.
     *
     * @param arguments what JSON can say, and {@code byte[]} anywhere in it, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    void emit(String event, @Nullable Object... arguments);

    /** The clients connected at present. */
    Collection<Client> clients();
}
