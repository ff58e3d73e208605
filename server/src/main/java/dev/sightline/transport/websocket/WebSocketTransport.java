package dev.sightline.transport.websocket;

import dev.sightline.access.Access;
import dev.sightline.access.Action;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import dev.sightline.metrics.Family;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.Entrance;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.Sender;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.ViewerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Serves {@code /live/NAME/ws}. */
public final class WebSocketTransport {
    /** The longest frame accepted; other messages are much shorter. */
    static final int MAX_PICTURE_BYTES = 16 * 1024 * 1024;

    private static final String NAME = "websocket";
    private static final int MAX_COMMAND_BYTES = 4 * 1024;
    private static final int MAX_WIDTH = 100_000;
    private static final WebSocketListener GONE = new WebSocketListener() {};

    private final StreamRegistry streams;
    private final BiPredicate<Request, String> mayCompare;
    private final SharedBuffers<Watched, EncodedFrame> shared = new SharedBuffers<>();
    private final Figures figures = new Figures();

    /** Creates the transport; nobody sees unprocessed frames. */
    public WebSocketTransport(StreamRegistry streams) {
        this(streams, (request, stream) -> false);
    }

    /**
     * Creates the transport.
     *
     * @param mayCompare whether a client may see a stream's frames as they are before the pipeline, which may hide something
     */
    public WebSocketTransport(StreamRegistry streams, BiPredicate<Request, String> mayCompare) {
        this.streams = streams;
        this.mayCompare = mayCompare;
    }

    public void addTo(Routes routes) {
        routes.webSocket(
                "/live/{name}/ws",
                request -> options(request.parameter("name"), request.access()),
                (request, socket) -> open(request.parameter("name"), request, socket));
        routes.needs("/live/{name}/ws", Need.watch("name"));
    }

    /** Adds one more address, for one stream. */
    public void addTo(Routes routes, String path, String name) {
        routes.webSocket(
                        path,
                        request -> options(name, request.access()),
                        (request, socket) -> open(name, request, socket))
                .needs(path, Need.watchOf(name));
    }

    /**
     * Adds one more address, for one {@code mirror:} stream.
     *
     * @param quality of the JPEGs in the answers, asked for every incoming frame
     */
    public void addTo(Routes routes, String path, String name, IntSupplier quality) {
        Supplier<Rendition> wanted = () -> Rendition.jpeg(Rendition.SOURCE_WIDTH, quality.getAsInt());
        routes.webSocket(
                        path,
                        request -> options(name, request.access()),
                        (request, socket) -> open(name, request, socket, wanted))
                .needs(path, Need.watchOf(name));
    }

    /** The figures so far. */
    public List<Family> figures() {
        return figures.figures();
    }

    /** The number of viewers' messages without meaning so far. */
    public long ignoredMessages() {
        return figures.ignoredMessages();
    }

    private WebSocketOptions options(String name, Access access) {
        Optional<String> whyNot;
        try {
            whyNot = whyNotPublishable(streams.find(name), access);
        } catch (RefusedException unknown) {
            whyNot = Optional.of("");
        }
        return new WebSocketOptions(
                List.of(MessageForm.SUBPROTOCOL),
                whyNot.isEmpty() ? MAX_PICTURE_BYTES : MAX_COMMAND_BYTES,
                whyNot.orElse(""));
    }

    /** Why this client cannot send frames; empty if it can. */
    private static Optional<String> whyNotPublishable(NamedStream stream, Access access) {
        return access.may(Action.PUBLISH, stream.name())
                ? stream.whyNotPublishable()
                : Optional.of("this login may watch '" + stream.name() + "', and not send to it");
    }

    private WebSocketListener open(String name, Request request, WebSocket socket) {
        Rendition asked = rendition(request);
        if (!asked.processed() && !mayCompare.test(request, name)) {
            socket.close(CloseCode.FORBIDDEN, "unprocessed frames are only for those who may change the pipeline");
            return GONE;
        }
        return open(name, request, socket, () -> asked);
    }

    private WebSocketListener open(String name, Request request, WebSocket socket, Supplier<Rendition> wanted) {
        try {
            NamedStream stream = streams.find(name);
            List<String> chosen = request.queryList("process");
            stream.checkChoice(chosen);
            if (stream instanceof Mirror && !request.access().may(Action.PUBLISH, name)) {
                socket.close(
                        CloseCode.FORBIDDEN,
                        whyNotPublishable(stream, request.access()).orElse(""));
                return GONE;
            }
            return stream instanceof Mirror mirror
                    ? answer(mirror, chosen, request, socket, wanted)
                    : watch((LiveStream) stream, chosen, request, socket, wanted.get());
        } catch (RefusedException e) {
            if (e.reason() == Reason.WRONG_KIND || e.reason() == Reason.NOT_OFFERED) {
                figures.sender(name, e.getMessage());
            }
            socket.close(CloseCode.of(e.reason()), e.getMessage());
            return GONE;
        }
    }

    private WebSocketListener watch(
            LiveStream stream, List<String> chosen, Request request, WebSocket socket, Rendition rendition)
            throws RefusedException {
        MessageForm form = MessageForm.of(socket);
        var messages = shared.join(socket.executor(), new Watched(stream.name(), rendition, form), form::message);
        WebSocketViewer viewer = new WebSocketViewer(socket, form, messages::of, messages::leave);
        Optional<Commands> commands = commands(stream, socket, form);
        commands.ifPresent(known -> known.at(stream));
        viewer.sendsTo(whyNotPublishable(stream, request.access())
                .<Inbox>map(why -> new Inbox.Unheard(stream.name(), socket, commands, why, figures))
                .orElseGet(() -> pictures(
                        stream,
                        socket,
                        commands,
                        new Entrance(stream, chosen, sender(request, socket, viewer), entered -> {}))));
        try {
            viewer.start(stream.subscribe(rendition, socket.executor(), viewer, identity(request)));
            return viewer;
        } catch (RefusedException e) {
            messages.leave();
            throw e;
        }
    }

    /** A mirror's session begins with the sender's first frame. */
    private WebSocketListener answer(
            Mirror mirror, List<String> chosen, Request request, WebSocket socket, Supplier<Rendition> wanted) {
        MessageForm form = MessageForm.of(socket);
        WebSocketViewer viewer = new WebSocketViewer(socket, form, form::message, () -> {});
        ViewerIdentity identity = identity(request);
        Optional<Commands> commands = commands(mirror, socket, form);
        Entrance entrance = new Entrance(mirror, chosen, sender(request, socket, viewer), session -> {
            viewer.start(wanted, rendition -> session.subscribe(rendition, socket.executor(), viewer, identity));
            commands.ifPresent(known -> known.at(session));
        });
        viewer.sendsTo(pictures(mirror, socket, commands, entrance));
        return viewer;
    }

    private static ViewerIdentity identity(Request request) {
        return ViewerIdentity.of(NAME, request.client().name(), request.client().limited())
                .withKey(request.query("viewer"));
    }

    private static Sender sender(Request request, WebSocket socket, WebSocketViewer viewer) {
        return new Sender(
                NAME, request.client().name(), why -> socket.executor().execute(() -> viewer.onDisconnect(why)));
    }

    /** A page that expects bare frames has none: it could not read an answer. */
    private Optional<Commands> commands(NamedStream stream, WebSocket socket, MessageForm form) {
        return form == MessageForm.SIGHTLINE_V1
                ? Optional.of(new Commands(stream.name(), socket, figures))
                : Optional.empty();
    }

    private Inbox pictures(NamedStream stream, WebSocket socket, Optional<Commands> commands, Entrance entrance) {
        return new Inbox.Pictures(stream.name(), socket, MessageForm.of(socket), commands, entrance, figures);
    }

    private static Rendition rendition(Request request) {
        String processed = request.query("processed").orElse("true");
        if (processed.equals("false")) {
            return Rendition.UNPROCESSED;
        }
        if (!processed.equals("true")) {
            throw new ProblemException(Problem.of(400, "processed is true or false"));
        }
        int width = request.query("width", Rendition.SOURCE_WIDTH, 1, MAX_WIDTH);
        return Rendition.jpeg(width, request.query("quality", Rendition.DEFAULT_QUALITY, 1, 100));
    }

    /** Identifies viewers that get the same bytes. */
    private record Watched(String stream, Rendition rendition, MessageForm form) {}
}
