package dev.sightline.testkit;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Watches a stream over the JDK's own WebSocket client by {@code sightline.v1}, and keeps what it was shown. */
public final class WebSocketViewer implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEPT = 600;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<Shown> pictures = new CopyOnWriteArrayList<>();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile int count;
    private volatile @Nullable Integer closeCode;

    /**
     * A picture and its header.
     *
     * @param header as it came
     * @param jpeg the picture
     */
    public record Shown(JsonNode header, byte[] jpeg) {
        /** The picture's number. */
        public long seq() {
            return header.get("seq").asLong();
        }

        /** Whether this is no picture of now. */
        public boolean isSlate() {
            return header.get("metadata").has("state");
        }
    }

    private WebSocketViewer(URI address) {
        socket = CLIENT.newWebSocketBuilder()
                .subprotocols("sightline.v1")
                .buildAsync(address, this)
                .join();
    }

    /** Connects to a stream of the server at an HTTP address. */
    public static WebSocketViewer watch(URI server, String stream) {
        return watch(server, stream, "");
    }

    /** Connects to a rendition of a stream; the query says which, for example {@code ?width=320}. */
    public static WebSocketViewer watch(URI server, String stream, String query) {
        return new WebSocketViewer(URI.create("ws://" + server.getAuthority() + "/live/" + stream + "/ws" + query));
    }

    /** Sends a text message. */
    public void send(String message) {
        socket.sendText(message, true).join();
    }

    /** Number of pictures that came. */
    public int count() {
        return count;
    }

    /** The newest pictures, slates among them. */
    public List<Shown> pictures() {
        return pictures;
    }

    /** Text messages. */
    public List<JsonNode> messages() {
        return messages;
    }

    /** The newest of all. */
    public Optional<Shown> latest() {
        return pictures.isEmpty() ? Optional.empty() : Optional.of(pictures.get(pictures.size() - 1));
    }

    /** What was found in the newest of all; a missing node before the first. */
    public JsonNode metadata() {
        return latest().map(shown -> shown.header().path("metadata")).orElseGet(MissingNode::getInstance);
    }

    /** Waits for a picture newer than the given number that is no slate. */
    public Shown awaitPicture(long after) {
        Await.until(
                "a picture after " + after,
                () -> latest().filter(shown -> shown.seq() > after && !shown.isSlate())
                        .isPresent());
        return latest().orElseThrow();
    }

    /** Waits until a slate is what is shown. */
    public Shown awaitSlate() {
        Await.until("a slate", () -> latest().filter(Shown::isSlate).isPresent());
        return latest().orElseThrow();
    }

    /** The code with which the server closed, if it did. */
    public Optional<Integer> closeCode() {
        return Optional.ofNullable(closeCode);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            keep(binary.toByteArray());
            binary.reset();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(JSON.readTree(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void keep(byte[] message) {
        int length = ByteBuffer.wrap(message).getInt();
        JsonNode header = JSON.readTree(Arrays.copyOfRange(message, 4, 4 + length));
        pictures.add(new Shown(header, Arrays.copyOfRange(message, 4 + length, message.length)));
        if (pictures.size() > KEPT) {
            pictures.remove(0);
        }
        count++;
    }
}
