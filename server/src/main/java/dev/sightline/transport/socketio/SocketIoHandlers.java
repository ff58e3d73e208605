package dev.sightline.transport.socketio;

import dev.sightline.http.HttpSettings;
import dev.sightline.socketio.SocketIo;
import dev.sightline.transport.socketio.engine.EngineSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces that clients may connect to, with a program's handlers. Safe for use by any thread. */
public final class SocketIoHandlers implements SocketIo {
    private final Map<String, OpenNamespace> namespaces = new ConcurrentHashMap<>(Map.of("/", new OpenNamespace("/")));
    private volatile EngineSettings settings = EngineSettings.DEFAULTS;
    private volatile Duration connectTimeout = Duration.ofSeconds(45);

    public SocketIoHandlers() {}

    @Override
    public OpenNamespace of(String name) {
        if (!name.startsWith("/") || name.contains(",") || name.length() > 256) {
            throw new IllegalArgumentException("'" + name + "' cannot name a namespace: it begins with a slash, has no"
                    + " comma and at most 256 characters");
        }
        return namespaces.computeIfAbsent(name, OpenNamespace::new);
    }

    @Override
    public SocketIoHandlers pings(Duration interval, Duration timeout) {
        settings = settings.withPings(interval, timeout);
        return this;
    }

    @Override
    public SocketIoHandlers maxPayload(int bytes) {
        settings = settings.withMaxPayload(bytes);
        return this;
    }

    @Override
    public SocketIoHandlers connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** Goes on with the clients of the handlers before, which these serve from now on. */
    void succeed(SocketIoHandlers before) {
        before.namespaces.forEach((name, namespace) -> {
            if (!namespaces.containsKey(name)) {
                namespace.end();
            }
        });
        namespaces.forEach(
                (name, namespace) -> before.find(name).ifPresentOrElse(namespace::succeed, namespace::begin));
    }

    EngineSettings settings(HttpSettings http) {
        return settings.withMessageTimeout(http.requestTimeout())
                .withMaxSessionsPerAddress(http.limits().maxConnectionsPerAddress());
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Optional<OpenNamespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }
}
