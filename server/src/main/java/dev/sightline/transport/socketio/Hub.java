package dev.sightline.transport.socketio;

import dev.sightline.access.Access;
import dev.sightline.http.AccessPolicy;
import dev.sightline.http.Credentials;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.Handshake;
import dev.sightline.transport.socketio.engine.EngineSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What all connections of a server share. */
final class Hub {
    private static final int MAX_WORKERS = 16;
    private static final int IDLE_SECONDS = 10;

    private final EngineSettings settings;
    private final AccessPolicy accesses;
    private final Duration connectTimeout;
    private final Figures figures;
    private final StreamOffer streams;
    private final Executor workers = newWorkers();
    private volatile SocketIoHandlers socketIo;

    Hub(
            EngineSettings settings,
            AccessPolicy accesses,
            SocketIoHandlers socketIo,
            Figures figures,
            StreamOffer streams) {
        this.accesses = accesses;
        this.socketIo = socketIo;
        this.settings = settings;
        this.connectTimeout = socketIo.connectTimeout();
        this.figures = figures;
        this.streams = streams;
    }

    /** Uses a program's other handlers and payloads, for present clients too. */
    void use(SocketIoHandlers handlers, Map<String, FramePayload> payloads) {
        if (handlers != socketIo) {
            handlers.succeed(socketIo);
            socketIo = handlers;
        }
        streams.use(payloads);
    }

    EngineSettings settings() {
        return settings;
    }

    /** How long a session may be open without a namespace. */
    Duration connectTimeout() {
        return connectTimeout;
    }

    Figures figures() {
        return figures;
    }

    /** Runs the program's handlers. */
    Executor workers() {
        return workers;
    }

    /**
     * What a client may do: by the token in its {@code auth}, else by the request that opened its session.
     *
     * @throws RefusedException if that is nothing
     */
    Access access(Handshake handshake, Access opened, ClientAddress client) throws RefusedException {
        Optional<Problem> refusal = opened.equals(Access.nobody()) ? accesses.refusal() : Optional.empty();
        if (refusal.isPresent()) {
            throw new RefusedException(Reason.FORBIDDEN, refusal.get().detail());
        }
        Access access = opened;
        Optional<String> token = handshake.auth("token");
        if (token.isPresent()) {
            try {
                access = accesses.of(Credentials.bearer(token.get(), client));
            } catch (ProblemException e) {
                throw new RefusedException(Reason.TOO_MANY, e.getMessage());
            }
        }
        if (access.isOver() || !access.isLogin() && !access.isAdmin()) {
            throw new RefusedException(Reason.LOGIN, "this needs a login, or a token: auth: {token: TOKEN}");
        }
        return access;
    }

    Optional<OpenNamespace> namespace(String name) {
        return socketIo.find(name);
    }

    /** The client's binding to the stream it asks for; empty in other namespaces, and if there are no streams. */
    Optional<StreamBinding> binding(ConnectedClient client) throws RefusedException {
        return client.namespace().equals("/") ? streams.binding(client) : Optional.empty();
    }

    private static Executor newWorkers() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_WORKERS, MAX_WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "sightline-socketio-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
