package dev.sightline.transport.socketio;

import dev.sightline.access.Access;
import dev.sightline.socketio.Arguments;
import dev.sightline.socketio.Client;
import dev.sightline.socketio.Handshake;
import dev.sightline.transport.socketio.engine.EngineSession;
import dev.sightline.transport.socketio.engine.RandomId;
import dev.sightline.transport.socketio.engine.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client, and its binding to a stream if it has one. */
final class ConnectedClient implements Client {
    private final String id = RandomId.next();
    private final OpenNamespace namespace;
    private final Handshake handshake;
    private final Access access;
    private final Connection connection;
    private volatile boolean connected;
    // From here on, used only in the session's order.
    private final List<Wire> early = new ArrayList<>();
    private final Map<Long, CompletableFuture<Arguments>> awaited = new HashMap<>();
    private long lastAckId;
    private boolean left;
    private Runnable outlived = () -> {};
    private Optional<StreamBinding> binding = Optional.empty();

    ConnectedClient(OpenNamespace namespace, Handshake handshake, Access access, Connection connection) {
        this.access = access;
        this.namespace = namespace;
        this.handshake = handshake;
        this.connection = connection;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        send(PacketEncoder.encode(OpenNamespace.event(namespace.name(), OptionalLong.empty(), event, arguments)));
    }

    @Override
    public CompletableFuture<Arguments> request(Duration timeout, String event, @Nullable Object... arguments) {
        CompletableFuture<Arguments> answer = new CompletableFuture<>();
        PacketEncoder.encode(OpenNamespace.event(namespace.name(), OptionalLong.empty(), event, arguments));
        connection.execute(() -> ask(answer, event, arguments));
        return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void disconnect() {
        connection.execute(() -> connection.sendAway(this));
    }

    @Override
    public String toString() {
        return "client " + id + " of " + namespace.name();
    }

    /** Sends a packet, not before the client is connected; any thread. */
    void send(Wire wire) {
        connection.execute(() -> deliver(wire));
    }

    /** What it may do. */
    Access access() {
        return access;
    }

    EngineSession session() {
        return connection.session();
    }

    OpenNamespace home() {
        return namespace;
    }

    Optional<StreamBinding> binding() {
        return binding;
    }

    /** In the session's order: the client is connected. */
    void welcome(Wire greeting, Optional<StreamBinding> taken) {
        connected = true;
        outlived = access.onEnd(() -> connection.execute(() -> connection.accessEnded(this)));
        binding = taken;
        namespace.add(this);
        connection.send(greeting);
        early.forEach(connection::send);
        early.clear();
    }

    /** In the session's order: the client leaves; answers whether it was connected until now. */
    boolean leave() {
        boolean was = connected;
        connected = false;
        left = true;
        outlived.run();
        early.clear();
        namespace.remove(this);
        binding.ifPresent(StreamBinding::close);
        binding = Optional.empty();
        awaited.values().forEach(answer -> answer.completeExceptionally(new TimeoutException("the client has left")));
        awaited.clear();
        return was;
    }

    boolean hasLeft() {
        return left;
    }

    /** In the session's order: the client acknowledged an event. */
    void answered(long ackId, List<?> values) {
        CompletableFuture<Arguments> answer = awaited.remove(ackId);
        if (answer != null) {
            answer.completeAsync(() -> new Arguments(values), connection.workers());
        }
    }

    private void ask(CompletableFuture<Arguments> answer, String event, @Nullable Object... arguments) {
        if (left) {
            answer.completeExceptionally(new TimeoutException("the client has left"));
            return;
        }
        long ackId = lastAckId++;
        awaited.put(ackId, answer);
        answer.whenComplete((value, failure) -> connection.execute(() -> awaited.remove(ackId)));
        deliver(PacketEncoder.encode(OpenNamespace.event(namespace.name(), OptionalLong.of(ackId), event, arguments)));
    }

    private void deliver(Wire wire) {
        if (connected) {
            connection.send(wire);
        } else if (!left) {
            early.add(wire);
        }
    }
}
