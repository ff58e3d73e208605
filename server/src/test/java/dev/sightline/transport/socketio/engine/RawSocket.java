package dev.sightline.transport.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket that says exactly what a test says, and keeps what it hears: text as String, bytes as byte[]. */
public final class RawSocket implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String CLOSED = "(closed)";

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final WebSocket socket;
    private volatile String closed = "";

    /** Connects; fails with a CompletionException if the server refuses. */
    public RawSocket(URI address) {
        socket = CLIENT.newWebSocketBuilder().buildAsync(address, this).join();
    }

    /** Whether the server refuses the handshake. */
    static boolean isRefused(URI address) {
        try (RawSocket socket = new RawSocket(address)) {
            return false;
        } catch (CompletionException e) {
            return true;
        }
    }

    /** Says text. */
    public RawSocket send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** Says bytes. */
    public RawSocket send(byte... message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** The next message that is no ping. */
    public Object next() throws InterruptedException {
        Object message = any();
        return message.equals("2") ? next() : message;
    }

    /** The next message, pings included. */
    public Object any() throws InterruptedException {
        Object message = heard.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("waited 20 s in vain for a message");
        }
        return message;
    }

    /** Reads on until the server has closed; the code and the reason. */
    public String awaitClose() throws InterruptedException {
        while (!any().equals(CLOSED)) {
            // what comes before does not matter
        }
        return closed;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            heard.add(binary.toByteArray());
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code + " " + reason;
        heard.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.add(CLOSED);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
