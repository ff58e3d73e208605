package dev.sightline.testkit;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends pictures over the JDK's own WebSocket client, and keeps what comes back. */
public final class WebSocketSender implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile @Nullable String closed;

    private WebSocketSender(URI address, String... subprotocol) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        if (subprotocol.length > 0) {
            builder.subprotocols(subprotocol[0]);
        }
        socket = builder.buildAsync(address, this).join();
    }

    /** Speaks in bare pictures. */
    public static WebSocketSender bare(InetSocketAddress server, String path) {
        return new WebSocketSender(address(server, path));
    }

    /** Speaks {@code sightline.v1}. */
    public static WebSocketSender v1(InetSocketAddress server, String path) {
        return new WebSocketSender(address(server, path), "sightline.v1");
    }

    /** Sends a binary message as it is. */
    public WebSocketSender send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** Sends a text message. */
    public WebSocketSender send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** Sends a picture after a header, as {@code sightline.v1} has it. */
    public WebSocketSender send(String header, byte[] picture) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return send(ByteBuffer.allocate(4 + json.length + picture.length)
                .putInt(json.length)
                .put(json)
                .put(picture)
                .array());
    }

    /** The next binary message that came back. */
    public byte[] answer() throws InterruptedException {
        byte[] answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("waited " + PATIENCE_SECONDS + " s in vain for an answer; said was " + texts
                    + ", closed " + closed);
        }
        return answer;
    }

    /** How many answers wait to be looked at. */
    public int waiting() {
        return answers.size();
    }

    /** Text messages that came back. */
    public List<String> texts() {
        return texts;
    }

    /** The close code and reason, once the server has closed. */
    public Optional<String> closed() {
        return Optional.ofNullable(closed);
    }

    /** Waits until the server closes. */
    public String awaitClosed() {
        Await.until("the server closes", () -> closed != null);
        return closed().orElseThrow();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            answers.add(binary.toByteArray());
            binary.reset();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed = statusCode + " " + reason;
        return null;
    }

    /** Goes without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private static URI address(InetSocketAddress server, String path) {
        return URI.create("ws://127.0.0.1:" + server.getPort() + path);
    }
}
