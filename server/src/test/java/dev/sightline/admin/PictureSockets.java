package dev.sightline.admin;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Request;
import dev.sightline.http.WebSocket;
import dev.sightline.http.WebSocketHandler;
import dev.sightline.http.WebSocketListener;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.RenditionLimitException;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.StreamStatus;
import dev.sightline.stream.Subscriber;
import dev.sightline.stream.Subscription;
import dev.sightline.testkit.Pictures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The protocol {@code sightline.v1} as the pages need it, so that they are tested without any transport. */
record PictureSockets(StreamRegistry streams) implements WebSocketHandler {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public WebSocketListener open(Request request, WebSocket socket) throws RenditionLimitException {
        Optional<LiveStream> stream = streams.find(request.parameter("name"));
        if (stream.isEmpty()) {
            socket.close(4404, "there is no stream '" + request.parameter("name") + "'");
            return new WebSocketListener() {};
        }
        Rendition rendition = Rendition.jpeg(request.query("width", 0, 0, 10_000), Rendition.DEFAULT_QUALITY);
        Viewer viewer = new Viewer(socket);
        viewer.subscription = stream.get().subscribe(rendition, socket.executor(), viewer);
        return new WebSocketListener() {
            @Override
            public void onClose(int code, String reason) {
                viewer.subscription.close();
            }
        };
    }

    private static final class Viewer implements Subscriber {
        private final WebSocket socket;
        private Subscription subscription;

        Viewer(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public void onFrame(EncodedFrame frame) {
            Map<String, Object> header = new LinkedHashMap<>(frame.metadata().values());
            header = Map.of(
                    "seq", frame.seq(),
                    "captureTime", CaptureClock.toMillis(frame.captureNanos()),
                    "width", frame.width(),
                    "height", frame.height(),
                    "codec", frame.codec().codecName(),
                    "keyframe", frame.keyframe(),
                    "metadata", header);
            byte[] json = JSON.writeValueAsBytes(header);
            byte[] picture = Pictures.bytes(frame);
            socket.binary(ByteBuffer.allocate(4 + json.length + picture.length)
                    .putInt(json.length)
                    .put(json)
                    .put(picture)
                    .array());
            socket.executor().execute(subscription::ready);
        }

        @Override
        public void onState(StreamStatus status) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("type", "state");
            message.put("state", status.state().name());
            message.put("since", status.since().toString());
            status.reason().ifPresent(reason -> message.put("reason", reason));
            socket.text(new String(JSON.writeValueAsBytes(message), StandardCharsets.UTF_8));
        }

        @Override
        public void onEnd() {
            socket.close(1001, "the server stops");
        }
    }
}
