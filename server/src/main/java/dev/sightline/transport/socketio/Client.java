package dev.sightline.transport.socketio;

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

/** One client in one namespace. Safe for use by any thread; once it has left, nothing reaches it any more. */
public final class Client {
    private final String id = RandomId.next();
    private final Namespace namespace;
    private final Handshake handshake;
    private final Connection connection;
    private volatile boolean connected;
    // From here on used in the session's order alone.
    private final List<Wire> early = new ArrayList<>();
    private final Map<Long, CompletableFuture<Arguments>> awaited = new HashMap<>();
    private long lastAckId;
    private boolean left;
    private Optional<StreamBinding> seat = Optional.empty();

    Client(Namespace namespace, Handshake handshake, Connection connection) {
        this.namespace = namespace;
        this.handshake = handshake;
        this.connection = connection;
    }

    /** Its name, which nobody can guess; another one after every reconnection. */
    public String id() {
        return id;
    }

    /** What it said when it came. */
    public Handshake handshake() {
        return handshake;
    }

    /** The namespace it is connected to. */
    public String namespace() {
        return namespace.name();
    }

    /** Whether it is connected. */
    public boolean isConnected() {
        return connected;
    }

    /**
     * Sends it an event.
     *
     * @param arguments what JSON can say, and {@code byte[]} anywhere in it, at most ten; not to be changed afterwards
     * @throws IllegalArgumentException if they cannot be sent
     */
    public void emit(String event, @Nullable Object... arguments) {
        send(PacketEncoder.encode(Namespace.event(namespace.name(), OptionalLong.empty(), event, arguments)));
    }

    /**
     * Sends it an event and asks for its acknowledgement.
     *
     * @param timeout after which the answer is a {@link TimeoutException}; it is that too if the client leaves
     * @param arguments as in {@link #emit}
     * @throws IllegalArgumentException if they cannot be sent
     */
    public CompletableFuture<Arguments> request(Duration timeout, String event, @Nullable Object... arguments) {
        CompletableFuture<Arguments> answer = new CompletableFuture<>();
        PacketEncoder.encode(Namespace.event(namespace.name(), OptionalLong.empty(), event, arguments));
        connection.execute(() -> ask(answer, event, arguments));
        return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends it away from this namespace. */
    public void disconnect() {
        connection.execute(() -> connection.sendAway(this));
    }

    @Override
    public String toString() {
        return "client " + id + " of " + namespace.name();
    }

    /** Sends a packet once it is connected; any thread. */
    void send(Wire wire) {
        connection.execute(() -> deliver(wire));
    }

    EngineSession session() {
        return connection.session();
    }

    Namespace home() {
        return namespace;
    }

    Optional<StreamBinding> seat() {
        return seat;
    }

    /** In the session's order: it is in. */
    void welcome(Wire greeting, Optional<StreamBinding> taken) {
        connected = true;
        seat = taken;
        namespace.add(this);
        connection.send(greeting);
        early.forEach(connection::send);
        early.clear();
    }

    /** In the session's order: whether it was in until now. */
    boolean leave() {
        boolean was = connected;
        connected = false;
        left = true;
        early.clear();
        namespace.remove(this);
        seat.ifPresent(StreamBinding::close);
        seat = Optional.empty();
        awaited.values().forEach(answer -> answer.completeExceptionally(new TimeoutException("the client has left")));
        awaited.clear();
        return was;
    }

    boolean hasLeft() {
        return left;
    }

    /** In the session's order: what it answers. */
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
        deliver(PacketEncoder.encode(Namespace.event(namespace.name(), OptionalLong.of(ackId), event, arguments)));
    }

    private void deliver(Wire wire) {
        if (connected) {
            connection.send(wire);
        } else if (!left) {
            early.add(wire);
        }
    }
}
