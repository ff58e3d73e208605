package dev.sightline.transport.socketio.engine;

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
 * An Engine.IO server, protocol 4, at one path: opens sessions and brings every request to its session.
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
    private final Map<String, DefaultEngineSession> sessions = new ConcurrentHashMap<>();
    private final Places<DefaultEngineSession> places;
    private final SessionOwner owner;
    private final LongAdder delays = new LongAdder();

    /**
     * A server without sessions.
     *
     * @param refusals is told why a request was refused
     * @param clients makes the receiving end of a new session, from the request that opens it
     */
    public Engine(
            EngineSettings settings,
            OriginPolicy origins,
            Consumer<String> refusals,
            BiFunction<EngineSession, Request, EngineListener> clients) {
        this(settings, origins, refusals, clients, InputBudget.ofProcess());
    }

    /** The same with the budget that its sessions' input counts in. */
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
        this.owner = owner(budget);
    }

    /** How often a session's POST brought more packets than its rate, and the rest had to wait. */
    public long delays() {
        return delays.sum();
    }

    /** Adds its address. */
    public void addTo(Routes routes, String path) {
        routes.streamed("GET", path, 0, this::get);
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

    /** Sessions at present. */
    public int sessions() {
        return sessions.size();
    }

    /** Sessions at present that a WebSocket carries. */
    public long onWebSocket() {
        return sessions.values().stream()
                .filter(DefaultEngineSession::isOnWebSocket)
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
            DefaultEngineSession session = newSession(request, response.executor());
            session.open(clients.apply(session, request), poll);
        }
    }

    private void poll(Request request, Poll poll) {
        String id = request.query("sid").orElse("");
        DefaultEngineSession session = sessions.get(id);
        if (session != null) {
            session.execute(() -> session.poll(poll));
        } else {
            Wire last = latePolls.answer(id).orElseThrow(() -> refused(EngineError.UNKNOWN_SESSION.exception()));
            poll.answer(Poll.packets(last.payload()));
        }
    }

    private void post(Request request, StreamedResponse response) {
        check(request, "polling");
        if (request.query("sid").isEmpty()) {
            throw refused(EngineError.BAD_METHOD.exception());
        }
        DefaultEngineSession session = session(request);
        byte[] body = request.body();
        Poll poll = new Poll(response);
        session.post(body, poll);
    }

    private int mostBytes(Map<String, List<String>> query) {
        List<String> ids = query.getOrDefault("sid", List.of());
        DefaultEngineSession session = ids.isEmpty() ? null : sessions.get(ids.get(0));
        return session == null ? settings.mostAtFirst() : session.maxBytes();
    }

    private void checkSocket(Request request) {
        check(request, "websocket");
        if (request.query("sid").isPresent()) {
            session(request);
        }
    }

    private WebSocketListener open(Request request, WebSocket socket) {
        if (request.query("sid").isPresent()) {
            DefaultEngineSession session = session(request);
            SocketTransport transport = new SocketTransport(socket, session);
            session.execute(() -> session.probe(transport));
            return transport;
        }
        DefaultEngineSession session = newSession(request, socket.executor());
        SocketTransport transport = new SocketTransport(socket, session);
        session.open(clients.apply(session, request), transport);
        return transport;
    }

    private DefaultEngineSession newSession(Request request, EventExecutor executor) {
        DefaultEngineSession session =
                new DefaultEngineSession(RandomId.next(), settings, executor, latePolls, request.client(), owner);
        sessions.put(session.id(), session);
        try {
            places.enter(session, request.client()).ifPresent(silent -> silent.close(EngineSession.TRANSPORT_CLOSE));
        } catch (Places.FullException e) {
            sessions.remove(session.id());
            session.abandon();
            String whose = e.isOfAddress() ? " of your address" : "";
            throw refused(
                    EngineError.FULL.exception("there are " + e.most() + " sessions" + whose + ", as many as may be"));
        }
        return session;
    }

    private SessionOwner owner(InputBudget budget) {
        return new SessionOwner() {
            @Override
            public InputBudget budget() {
                return budget;
            }

            @Override
            public void delayed() {
                delays.increment();
            }

            @Override
            public void trusted(DefaultEngineSession session) {
                places.proved(session);
            }

            @Override
            public void closed(DefaultEngineSession session) {
                places.leave(session);
                sessions.remove(session.id());
            }
        };
    }

    private DefaultEngineSession session(Request request) {
        DefaultEngineSession session = sessions.get(request.query("sid").orElse(""));
        if (session == null) {
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
            throw refused(EngineError.BAD_REQUEST.exception("this request is not one of the transport " + wanted));
        }
        String version = request.query("EIO").orElse("");
        if (!version.equals("4")) {
            throw refused(EngineError.UNSUPPORTED_VERSION.exception("this server speaks EIO=4, as socket.io-client 3"
                    + " and 4 do, and not EIO=" + (version.length() > 8 ? "…" : version)));
        }
    }

    /** By GET, which others may send anywhere, foreign pages could open sessions without being able to read the answers. */
    private void checkOrigin(Request request) {
        String site = request.header("Sec-Fetch-Site").orElse("none");
        boolean elsewhere = !site.equals("none") && !site.equals("same-origin");
        List<String> said = request.headers().all("Origin");
        List<String> pages = said.isEmpty() && elsewhere ? List.of("") : said; // a link or a frame says none
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
