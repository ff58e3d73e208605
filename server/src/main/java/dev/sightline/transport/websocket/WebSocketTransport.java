package dev.sightline.transport.websocket;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Problem;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.WebSocket;
import dev.sightline.http.WebSocketListener;
import dev.sightline.http.WebSocketOptions;
import dev.sightline.metrics.Family;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.PublishException;
import dev.sightline.stream.StreamLimitException;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.Subscription;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Serves {@code /live/NAME/ws}. */
public final class WebSocketTransport {
    /** The longest picture that is taken; a message that only says something is much shorter. */
    static final int MAX_PICTURE_BYTES = 16 * 1024 * 1024;

    private static final int MAX_COMMAND_BYTES = 4 * 1024;
    private static final int MAX_WIDTH = 100_000;
    private static final WebSocketListener GONE = new WebSocketListener() {};

    private final StreamRegistry streams;
    private final SharedBuffers<Watched, EncodedFrame> shared = new SharedBuffers<>();
    private final Refusals refusals = new Refusals();

    /** With the streams to serve. */
    public WebSocketTransport(StreamRegistry streams) {
        this.streams = streams;
    }

    /** Adds its address. */
    public void addTo(Routes routes) {
        routes.webSocket(
                "/live/{name}/ws",
                request -> options(request.parameter("name")),
                (request, socket) -> open(request.parameter("name"), request, socket));
    }

    /** Adds one more address, for one stream. */
    public void addTo(Routes routes, String path, String name) {
        routes.webSocket(path, request -> options(name), (request, socket) -> open(name, request, socket));
    }

    /**
     * Adds one more address, for one {@code mirror:} stream.
     *
     * @param quality of the JPEGs that are answered, asked for with every picture that comes
     */
    public void addTo(Routes routes, String path, String name, IntSupplier quality) {
        Supplier<Rendition> wanted = () -> Rendition.jpeg(Rendition.SOURCE_WIDTH, quality.getAsInt());
        routes.webSocket(path, request -> options(name), (request, socket) -> open(name, request, socket, wanted));
    }

    /** What was not taken, so far. */
    public List<Family> figures() {
        return refusals.figures();
    }

    /** Number of messages from viewers so far that meant nothing here. */
    public long ignoredMessages() {
        return refusals.ignoredMessages();
    }

    private WebSocketOptions options(String name) {
        Optional<String> whyNot = streams.find(name).flatMap(LiveStream::whyNotPublishable);
        boolean takesPictures = whyNot.isEmpty()
                && (streams.find(name).isPresent() || streams.mirror(name).isPresent());
        return new WebSocketOptions(
                List.of(MessageForm.SUBPROTOCOL),
                takesPictures ? MAX_PICTURE_BYTES : MAX_COMMAND_BYTES,
                whyNot.orElse(""));
    }

    private WebSocketListener open(String name, Request request, WebSocket socket) {
        Rendition asked = rendition(request);
        return open(name, request, socket, () -> asked);
    }

    private WebSocketListener open(String name, Request request, WebSocket socket, Supplier<Rendition> wanted) {
        Optional<LiveStream> stream = streams.find(name);
        Optional<Mirror> mirror = streams.mirror(name);
        try {
            if (stream.isPresent()) {
                return watch(stream.get(), request, socket, wanted.get());
            }
            if (mirror.isPresent()) {
                return answer(mirror.get(), request, socket, wanted);
            }
        } catch (StreamLimitException e) {
            return refused(socket, CloseCode.TRY_AGAIN_LATER, String.valueOf(e.getMessage()));
        } catch (PublishException e) {
            refusals.sender(name, String.valueOf(e.getMessage()));
            return refused(socket, CloseCode.of(e.reason()), String.valueOf(e.getMessage()));
        }
        return refused(
                socket,
                CloseCode.UNKNOWN_STREAM,
                Problem.unknown("stream", name, streams.nearest(name)).detail());
    }

    private WebSocketListener watch(LiveStream stream, Request request, WebSocket socket, Rendition rendition)
            throws StreamLimitException, PublishException {
        List<String> chosen = chosen(request);
        if (!chosen.isEmpty()) {
            stream.checkChoice(chosen);
        }
        MessageForm form = MessageForm.of(socket);
        var messages = shared.join(socket.executor(), new Watched(stream.name(), rendition, form), form::message);
        WebSocketViewer viewer = new WebSocketViewer(socket, form, messages::of, messages::leave);
        Sender sender = new Sender(() -> stream.publish(chosen));
        viewer.sendsTo(stream.whyNotPublishable()
                .<Inbox>map(why -> new Inbox.Unheard(stream.name(), socket, form, why, refusals))
                .orElseGet(() -> new Inbox.Pictures(stream.name(), socket, form, sender, refusals)));
        try {
            viewer.start(stream.subscribe(
                    rendition, socket.executor(), viewer, request.client().limited()));
            return viewer;
        } catch (StreamLimitException e) {
            messages.leave();
            throw e;
        }
    }

    /** A mirror's session begins with the sender's first picture. */
    private WebSocketListener answer(Mirror mirror, Request request, WebSocket socket, Supplier<Rendition> wanted)
            throws PublishException {
        List<String> chosen = chosen(request);
        mirror.checkChoice(chosen);
        MessageForm form = MessageForm.of(socket);
        WebSocketViewer viewer = new WebSocketViewer(socket, form, form::message, () -> {});
        Sender sender = new Sender(() -> {
            LiveStream session = mirror.open(chosen);
            viewer.start(wanted, rendition -> subscribed(session, rendition, socket, viewer));
            return session.publish();
        });
        viewer.sendsTo(new Inbox.Pictures(mirror.name(), socket, form, sender, refusals));
        return viewer;
    }

    private static Subscription subscribed(
            LiveStream session, Rendition rendition, WebSocket socket, WebSocketViewer viewer) {
        try {
            return session.subscribe(rendition, socket.executor(), viewer);
        } catch (StreamLimitException e) {
            throw new IllegalStateException("a session that has just begun encodes nothing", e);
        }
    }

    private static WebSocketListener refused(WebSocket socket, int code, String why) {
        socket.close(code, why);
        return GONE;
    }

    private static List<String> chosen(Request request) {
        return request.query("process").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Rendition rendition(Request request) {
        int width = request.query("width", Rendition.SOURCE_WIDTH, 1, MAX_WIDTH);
        return Rendition.jpeg(width, request.query("quality", Rendition.DEFAULT_QUALITY, 1, 100));
    }

    /** What viewers have in common who are sent the same bytes. */
    private record Watched(String stream, Rendition rendition, MessageForm form) {}
}
