package dev.sightline.transport.websocket;

import dev.sightline.codec.Rendition;
import dev.sightline.config.Nearest;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Problem;
import dev.sightline.http.Request;
import dev.sightline.http.Routes;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.WebSocket;
import dev.sightline.http.WebSocketListener;
import dev.sightline.http.WebSocketOptions;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.RenditionLimitException;
import dev.sightline.stream.StreamRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Serves {@code /live/NAME/ws}. */
public final class WebSocketTransport {
    private static final int UNKNOWN_STREAM = 4404;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int MAX_WIDTH = 100_000;
    private static final int MAX_COMMAND_BYTES = 4 * 1024;
    private static final WebSocketOptions OPTIONS =
            new WebSocketOptions(List.of(MessageForm.SUBPROTOCOL), MAX_COMMAND_BYTES);
    private static final WebSocketListener GONE = new WebSocketListener() {};

    private final StreamRegistry streams;
    private final SharedBuffers<Watched, EncodedFrame> shared = new SharedBuffers<>();
    private final LongAdder ignored = new LongAdder();

    /** With the streams to serve. */
    public WebSocketTransport(StreamRegistry streams) {
        this.streams = streams;
    }

    /** Adds its address. */
    public void addTo(Routes routes) {
        routes.webSocket(
                "/live/{name}/ws", OPTIONS, (request, socket) -> open(request.parameter("name"), request, socket));
    }

    /** Adds one more address, for one stream. */
    public void addTo(Routes routes, String path, String name) {
        routes.webSocket(path, OPTIONS, (request, socket) -> open(name, request, socket));
    }

    /** Number of messages from viewers so far that meant nothing here. */
    public long ignoredMessages() {
        return ignored.sum();
    }

    private WebSocketListener open(String name, Request request, WebSocket socket) {
        Optional<LiveStream> stream = streams.find(name);
        if (stream.isEmpty()) {
            List<String> nearest = Nearest.to(name, streams.names()).stream().toList();
            socket.close(
                    UNKNOWN_STREAM, Problem.unknown("stream", name, nearest).detail());
            return GONE;
        }
        return watch(stream.get(), rendition(request), socket);
    }

    private WebSocketListener watch(LiveStream stream, Rendition rendition, WebSocket socket) {
        MessageForm form = socket.subprotocol().isPresent() ? MessageForm.SIGHTLINE_V1 : MessageForm.BARE;
        Watched watched = new Watched(stream.name(), rendition, form);
        var messages = shared.join(socket.executor(), watched, form::message);
        WebSocketViewer viewer = new WebSocketViewer(socket, form, messages, ignored);
        try {
            viewer.start(stream.subscribe(rendition, socket.executor(), viewer));
            return viewer;
        } catch (RenditionLimitException e) {
            messages.leave();
            socket.close(TRY_AGAIN_LATER, String.valueOf(e.getMessage()));
            return GONE;
        }
    }

    private static Rendition rendition(Request request) {
        int width = request.query("width", Rendition.SOURCE_WIDTH, 1, MAX_WIDTH);
        return Rendition.jpeg(width, request.query("quality", Rendition.DEFAULT_QUALITY, 1, 100));
    }

    /** What viewers have in common who are sent the same bytes. */
    private record Watched(String stream, Rendition rendition, MessageForm form) {}
}
