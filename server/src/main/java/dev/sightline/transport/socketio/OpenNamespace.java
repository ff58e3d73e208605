package dev.sightline.transport.socketio;

import dev.sightline.socketio.Client;
import dev.sightline.socketio.ConnectHandler;
import dev.sightline.socketio.DisconnectHandler;
import dev.sightline.socketio.EventHandler;
import dev.sightline.socketio.Namespace;
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

/** A namespace that clients may connect to. */
final class OpenNamespace implements Namespace {
    private final String name;
    private final Set<ConnectedClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, EventHandler> events = new ConcurrentHashMap<>();
    private volatile ConnectHandler connect = client -> {};
    private volatile DisconnectHandler disconnect = (client, reason) -> {};

    OpenNamespace(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OpenNamespace onConnect(ConnectHandler handler) {
        connect = handler;
        return this;
    }

    @Override
    public OpenNamespace onDisconnect(DisconnectHandler handler) {
        disconnect = handler;
        return this;
    }

    @Override
    public OpenNamespace on(String event, EventHandler handler) {
        events.put(event, handler);
        return this;
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        Wire wire = PacketEncoder.encode(event(name, OptionalLong.empty(), event, arguments));
        clients.forEach(client -> client.send(wire));
    }

    @Override
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

    void add(ConnectedClient client) {
        clients.add(client);
    }

    void remove(ConnectedClient client) {
        clients.remove(client);
    }
}
