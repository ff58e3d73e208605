package dev.sightline.transport.socketio;

import dev.sightline.transport.socketio.engine.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One namespace: its handlers, and the clients that are connected to it. Safe for use by any thread.
 *
 * <p>Handlers are called on threads of their own, never on an event loop, and for one client one at a time, in the order
 * in which it sent; those of different clients overlap. What a handler throws is logged, at most once a period.
 */
public final class Namespace {
    private final String name;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, EventHandler> events = new ConcurrentHashMap<>();
    private volatile ConnectHandler connect = client -> {};
    private volatile DisconnectHandler disconnect = (client, reason) -> {};

    Namespace(String name) {
        this.name = name;
    }

    /** Its name, beginning with a slash. */
    public String name() {
        return name;
    }

    /** Calls a handler for each client that wants to connect, in the place of the one before; it may refuse. */
    public Namespace onConnect(ConnectHandler handler) {
        connect = handler;
        return this;
    }

    /** Calls a handler for each client that was connected and left, in the place of the one before. */
    public Namespace onDisconnect(DisconnectHandler handler) {
        disconnect = handler;
        return this;
    }

    /** Calls a handler for each event of a name, in the place of the one before. */
    public Namespace on(String event, EventHandler handler) {
        events.put(event, handler);
        return this;
    }

    /**
     * Sends an event to all clients; it is encoded once.
     *
     * @param arguments what JSON can say, and {@code byte[]} anywhere in it, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    public void emit(String event, @Nullable Object... arguments) {
        Wire wire = PacketEncoder.encode(event(name, OptionalLong.empty(), event, arguments));
        clients.forEach(client -> client.send(wire));
    }

    /** The clients connected at present. */
    public Collection<Client> clients() {
        return List.copyOf(clients);
    }

    static Packet event(String namespace, OptionalLong id, String event, @Nullable Object... arguments) {
        List<@Nullable Object> items = new ArrayList<>(arguments.length + 1);
        items.add(event);
        Collections.addAll(items, arguments);
        return new Packet(Packet.Type.EVENT, namespace, id, items);
    }

    ConnectHandler connect() {
        return connect;
    }

    DisconnectHandler disconnect() {
        return disconnect;
    }

    @Nullable
    EventHandler handler(String event) {
        return events.get(event);
    }

    void add(Client client) {
        clients.add(client);
    }

    void remove(Client client) {
        clients.remove(client);
    }
}
