package dev.sightline.socketio;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One namespace: its handlers, and the clients connected to it. Safe for use by any thread.
 *
 * <p>Handlers run on threads of their own, never on an event loop. Each client's events run one at a time, in the order it sent
 * them; those of different clients overlap. Exceptions from handlers are logged, at most once per period.
 */
public interface Namespace {
    /** The namespace's name, beginning with a slash. */
    String name();

    /** Sets the handler for clients that want to connect; it replaces the one before, and may refuse clients. */
    Namespace onConnect(ConnectHandler handler);

    /** Sets the handler for clients that were connected and left; it replaces the one before. */
    Namespace onDisconnect(DisconnectHandler handler);

    /** Sets the handler for events of a name; it replaces the one before. */
    Namespace on(String event, EventHandler handler);

    /**
     * Sends an event to all clients; it is encoded once.
     *
     * @param arguments JSON values, with {@code byte[]} anywhere in them, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    void emit(String event, @Nullable Object... arguments);

    /** The clients that are connected now. */
    Collection<Client> clients();
}
