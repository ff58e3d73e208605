package dev.sightline.transport.socketio;

import dev.sightline.http.HttpSettings;
import dev.sightline.transport.socketio.engine.EngineSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a program has to say to Socket.IO clients: handlers by namespace and event.
 *
 * <pre>{@code
 * Sightline.server().socketIo(io -> io.of("/")
 *         .onConnect(client -> client.emit("welcome", client.id()))
 *         .on("move", (client, arguments, ack) -> ack.send(turn(arguments.number(0).orElse(0)))));
 * }</pre>
 *
 * <p>The namespace {@code /} is always there, with or without handlers, because streams live in it; clients of others are
 * refused unless {@link #of} has named them. Safe for use by any thread.
 */
public final class SocketIo {
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>(Map.of("/", new Namespace("/")));
    private volatile EngineSettings settings = EngineSettings.DEFAULTS;
    private volatile Duration connectTimeout = Duration.ofSeconds(45);

    /** No handlers yet. */
    public SocketIo() {}

    /**
     * A namespace, which clients may connect to from now on.
     *
     * @param name beginning with a slash; of up to 256 characters, without a comma
     */
    public Namespace of(String name) {
        if (!name.startsWith("/") || name.contains(",") || name.length() > 256) {
            throw new IllegalArgumentException("'" + name + "' cannot name a namespace: it begins with a slash, has no"
                    + " comma and at most 256 characters");
        }
        return namespaces.computeIfAbsent(name, Namespace::new);
    }

    /** How often clients are asked whether they live, and how long they may take to answer; 25 and 20 s by default. */
    public SocketIo pings(Duration interval, Duration timeout) {
        settings = settings.withPings(interval, timeout);
        return this;
    }

    /** Bytes that one packet may have, with its attachments, and one POST; 16 MiB by default. */
    public SocketIo maxPayload(int bytes) {
        settings = settings.withMaxPayload(bytes);
        return this;
    }

    /** How long a client may be silent before it connects to its first namespace; 45 s by default. */
    public SocketIo connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    EngineSettings settings(HttpSettings http) {
        return settings.withMessageTimeout(http.requestTimeout())
                .withMaxSessionsPerAddress(http.maxConnectionsPerAddress());
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Optional<Namespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }
}
