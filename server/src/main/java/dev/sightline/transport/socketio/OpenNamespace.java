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
    private final Handlers own = new Handlers();
    private volatile Present present = new Present(own);

    OpenNamespace(String name) {
        this.name = name;
    }

    /** Goes on with the clients of another of the same name, which this one's handlers serve from now on. */
    void succeed(OpenNamespace before) {
        present = before.present;
        begin();
    }

    /** Its own handlers serve its clients from now on. */
    void begin() {
        present.handlers = own;
    }

    /** Nothing serves its clients from now on. */
    void end() {
        present.handlers = new Handlers();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OpenNamespace onConnect(ConnectHandler handler) {
        own.connect = handler;
        return this;
    }

    @Override
    public OpenNamespace onDisconnect(DisconnectHandler handler) {
        own.disconnect = handler;
        return this;
    }

    @Override
    public OpenNamespace on(String event, EventHandler handler) {
        own.events.put(event, handler);
        return this;
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        Wire wire = PacketEncoder.encode(event(name, OptionalLong.empty(), event, arguments));
        present.clients.forEach(client -> client.send(wire));
    }

    @Override
    public Collection<Client> clients() {
        return List.copyOf(present.clients);
    }

    static Packet event(String namespace, OptionalLong id, String event, @Nullable Object... arguments) {
        List<@Nullable Object> items = new ArrayList<>(arguments.length + 1);
        items.add(event);
        Collections.addAll(items, arguments);
        return new Packet(Packet.Type.EVENT, namespace, id, items);
    }

    ConnectHandler connect() {
        return present.handlers.connect;
    }

    DisconnectHandler disconnect() {
        return present.handlers.disconnect;
    }

    @Nullable
    EventHandler handler(String event) {
        return present.handlers.events.get(event);
    }

    void add(ConnectedClient client) {
        present.clients.add(client);
    }

    void remove(ConnectedClient client) {
        present.clients.remove(client);
    }

    /** What a program does with clients. */
    private static final class Handlers {
        private final Map<String, EventHandler> events = new ConcurrentHashMap<>();
        private volatile ConnectHandler connect = client -> {};
        private volatile DisconnectHandler disconnect = (client, reason) -> {};
    }

    /** Who is connected, and which handlers serve them: the same for all versions of a program. */
    private static final class Present {
        private final Set<ConnectedClient> clients = ConcurrentHashMap.newKeySet();
        private volatile Handlers handlers;

        Present(Handlers handlers) {
            this.handlers = handlers;
        }
    }
}
