package dev.sightline.transport.socketio;

import dev.sightline.http.AccessPolicy;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Need;
import dev.sightline.http.OriginPolicy;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.StaticResources;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.metrics.Metrics;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.socketio.engine.Engine;
import java.util.Map;
import java.util.function.Function;

/** Serves {@code /socket.io/}, and the client's script at {@code /socket.io/socket.io.js}. */
public final class SocketIoTransport {
    private static final String SCRIPT = "socket.io.js";

    private final StaticResources files = StaticResources.beside(SocketIoTransport.class, "client");
    private final Figures figures = new Figures();
    private final Hub hub;
    private final Engine engine;

    /**
     * Serves the streams and the program's own handlers.
     *
     * @param origins which pages may come
     * @param events how a stream is told, by its name, to clients that come from now on
     * @param payloads what a program makes of a stream's pictures, by the stream's name
     * @param http limits that hold for sessions too: one address's number, and the time of a message
     * @param budget that the sessions' input counts in
     */
    public SocketIoTransport(
            StreamRegistry streams,
            OriginPolicy origins,
            SocketIoHandlers socketIo,
            Function<String, StreamEvents> events,
            Map<String, FramePayload> payloads,
            HttpSettings http,
            InputBudget budget) {
        this(streams, origins, AccessPolicy.OPEN, socketIo, events, payloads, http, budget);
    }

    /**
     * The same, where clients log in.
     *
     * @param accesses tells what a client may do
     */
    public SocketIoTransport(
            StreamRegistry streams,
            OriginPolicy origins,
            AccessPolicy accesses,
            SocketIoHandlers socketIo,
            Function<String, StreamEvents> events,
            Map<String, FramePayload> payloads,
            HttpSettings http,
            InputBudget budget) {
        this.hub = new Hub(
                socketIo.settings(http),
                accesses,
                socketIo,
                figures,
                new StreamOffer(streams, events, payloads, figures));
        this.engine = new Engine(
                hub.settings(),
                origins,
                figures::refused,
                (session, request) -> new Connection(session, request, hub),
                budget);
    }

    /**
     * Uses a program's other handlers and payloads, for present clients too; their pings and limits stay.
     *
     * @param payloads by the stream's name
     */
    public void use(SocketIoHandlers handlers, Map<String, FramePayload> payloads) {
        hub.use(handlers, payloads);
    }

    public void addTo(Routes routes) {
        engine.addTo(routes, "/socket.io");
        routes.get("/socket.io/" + SCRIPT, this::script).needs("/socket.io/" + SCRIPT, Need.nothing());
    }

    public void addTo(Metrics metrics) {
        metrics.add(() -> figures.read(engine));
    }

    private Response script(Request request) {
        if (files.bytes(SCRIPT).isEmpty()) {
            throw new ProblemException(Problem.of(
                    404,
                    "this build holds no client script, because npm could not fetch it: build again where npm"
                            + " reaches its registry, or let pages load socket.io-client 4 from elsewhere"));
        }
        return files.serve(request, SCRIPT);
    }
}
