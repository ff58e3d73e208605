package dev.sightline.transport.socketio.engine;

import dev.sightline.http.Need;
import dev.sightline.http.OriginPolicy;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.StreamedResponse;
import dev.sightline.http.WebSocketHandler;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.limits.Places;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * An Engine.IO server, protocol 4, at one path: opens sessions and dispatches requests to them.
 *
 * <p>Safe for use by any thread.
 */
public final class Engine {
    private static final int MAX_SESSIONS = 10_000;

    private final EngineSettings settings;
    private final OriginPolicy origins;
    private final Consumer<String> refusals;
    private final BiFunction<EngineSession, Request, EngineListener> clients;
    private final LatePolls latePolls = new LatePolls(System::nanoTime);
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Places<EngineSession> places;
    private final InputBudget budget;
    private final LongAdder delays = new LongAdder();

    /**
     * Creates a server without sessions.
     *
     * @param refusals is told why a request was refused
     * @param clients makes the receiving end of a new session, from the request that opens it
     * @param budget that the sessions' input counts in
     */
    public Engine(
            EngineSettings settings,
            OriginPolicy origins,
            Consumer<String> refusals,
            BiFunction<EngineSession, Request, EngineListener> clients,
            InputBudget budget) {
        this.settings = settings;
        this.origins = origins;
        this.refusals = refusals;
        this.clients = clients;
        this.places = new Places<>(MAX_SESSIONS, settings.maxSessionsPerAddress());
        this.budget = budget;
    }

    /** How often a POST exceeded its session's packet rate, and the rest had to wait. */
    public long delays() {
        return delays.sum();
    }

    public void addTo(Routes routes, String path) {
        routes.needs(path, Need.nothing()); // who a client is, it may tell as late as with its CONNECT
        routes.streamed("GET", path, 0, this::get).waits("GET", path);
        routes.streamed("POST", path, this::mostBytes, this::post);
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            routes.route(method, path, settings.maxPayload(), request -> {
                throw refused(EngineError.BAD_METHOD.exception());
            });
        }
        routes.webSocket(path, new WebSocketOptions(List.of(), settings.maxPayload()), new WebSocketHandler() {
            @Override
            public void check(Request request) {
                checkSocket(request);
            }

            @Override
            public WebSocketListener open(Request request, WebSocket socket) {
                return Engine.this.open(request, socket);
            }
        });
    }

    /** The number of sessions now. */
    public int sessions() {
        return sessions.size();
    }

    /** The number of sessions over WebSocket now. */
    public long onWebSocket() {
        return sessions.values().stream()
                .filter(session -> session.transports().isWebSocket())
                .count();
    }

    private void get(Request request, StreamedResponse response) {
        checkOrigin(request);
        check(request, "polling");
        if (!request.method().equals("GET")) {
            throw refused(EngineError.BAD_METHOD.exception());
        }
        Poll poll = new Poll(response);
        if (request.query("sid").isPresent()) {
            poll(request, poll);
        } else {
            EngineSession session = newSession(request, response.executor());
            session.open(clients.apply(session, request), poll);
        }
    }

    private void poll(Request request, Poll poll) {
        String id = request.query("sid").orElse("");
        if (sessions.containsKey(id)) {
            session(request).transports().poll(poll);
        } else {
            Wire last = latePolls.answer(id).orElseThrow(() -> refused(EngineError.UNKNOWN_SESSION.exception()));
            poll.answer(Poll.packets(last));
        }
    }

    private void post(Request request, StreamedResponse response) {
        check(request, "polling");
        if (request.query("sid").isEmpty()) {
            throw refused(EngineError.BAD_METHOD.exception());
        }
        EngineSession session = session(request);
        session.transports().post(request.body(), new Poll(response));
    }

    private int mostBytes(Map<String, List<String>> query) {
        List<String> ids = query.getOrDefault("sid", List.of());
        EngineSession session = ids.isEmpty() ? null : sessions.get(ids.get(0));
        return session == null ? settings.mostAtFirst() : session.first().maxBytes();
    }

    private void checkSocket(Request request) {
        check(request, "websocket");
        if (request.query("sid").isPresent()) {
            session(request);
        }
    }

    private WebSocketListener open(Request request, WebSocket socket) {
        if (request.query("sid").isPresent()) {
            EngineSession session = session(request);
            SocketTransport transport = new SocketTransport(socket, session);
            session.transports().probe(transport);
            return transport;
        }
        EngineSession session = newSession(request, socket.executor());
        SocketTransport transport = new SocketTransport(socket, session);
        session.open(clients.apply(session, request), transport);
        return transport;
    }

    private EngineSession newSession(Request request, EventExecutor executor) {
        EngineSession session = new EngineSession(RandomId.next(), executor, request.client(), request.access(), this);
        sessions.put(session.id(), session);
        try {
            places.enter(session, request.client(), places.arrive())
                    .ifPresent(silent -> silent.close(EngineSession.TRANSPORT_CLOSE));
        } catch (Places.FullException e) {
            sessions.remove(session.id());
            session.abandon();
            String whose = e.isOfAddress() ? " of your address" : "";
            throw refused(
                    EngineError.FULL.exception("there are " + e.most() + " sessions" + whose + ", the most allowed"));
        }
        return session;
    }

    EngineSettings settings() {
        return settings;
    }

    LatePolls latePolls() {
        return latePolls;
    }

    /** Where the sessions' input counts. */
    InputBudget budget() {
        return budget;
    }

    /** A session sends more packets than its rate, and the next ones wait; any thread. */
    void delayed() {
        delays.increment();
    }

    /** A session keeps its place when others come; any thread. */
    void trusted(EngineSession session) {
        places.proved(session);
    }

    /** A session has ended; any thread. */
    void closed(EngineSession session) {
        places.leave(session);
        sessions.remove(session.id());
    }

    /** An id stands in addresses, which logs keep: with the id alone nobody takes over the session of somebody's login. */
    private EngineSession session(Request request) {
        EngineSession session = sessions.get(request.query("sid").orElse(""));
        if (session == null || !session.isOf(request.access(), request.client())) {
            throw refused(EngineError.UNKNOWN_SESSION.exception());
        }
        return session;
    }

    private void check(Request request, String transport) {
        String wanted = request.query("transport").orElse("");
        if (!wanted.equals("polling") && !wanted.equals("websocket")) {
            throw refused(EngineError.UNKNOWN_TRANSPORT.exception());
        }
        if (!wanted.equals(transport)) {
            throw refused(EngineError.BAD_REQUEST.exception("this request does not belong to the transport " + wanted));
        }
        String version = request.query("EIO").orElse("");
        if (!version.equals("4")) {
            throw refused(EngineError.UNSUPPORTED_VERSION.exception("this server speaks EIO=4, as socket.io-client 3"
                    + " and 4 do, and not EIO=" + (version.length() > 8 ? "…" : version)));
        }
    }

    /**
     * Without this check foreign pages could open sessions by GET, which browsers send to any origin, without being able to
     * read the answers.
     */
    private void checkOrigin(Request request) {
        String site = request.header("Sec-Fetch-Site").orElse("none");
        boolean elsewhere = !site.equals("none") && !site.equals("same-origin");
        List<String> said = request.headers().all("Origin");
        List<String> pages = said.isEmpty() && elsewhere ? List.of("") : said; // a link or a frame names none
        String host = request.header("Host").orElse("");
        origins.foreign(pages, host).ifPresent(origin -> {
            throw refused(EngineError.FORBIDDEN.exception(OriginPolicy.refusal(origin, host)));
        });
    }

    private <E extends RuntimeException> E refused(E answer) {
        refusals.accept(String.valueOf(answer.getMessage()));
        return answer;
    }
}
