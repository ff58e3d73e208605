package dev.sightline.bench.control;

import dev.sightline.bench.BenchException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A viewer of {@code sightline.v1} that notes of each frame when it came, and which version of the setting it shows. */
final class Watcher implements WebSocket.Listener, AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("\"version\":\"?(\\w+)");
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
    private static final long LONGEST_SECONDS = 20;

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final WebSocket socket;

    /**
     * A frame.
     *
     * @param nanos when it came, of {@link System#nanoTime}
     * @param seq its number
     * @param version of the setting
     */
    record Seen(long nanos, long seq, String version) {}

    Watcher(HttpClient client, URI server, String stream) {
        URI address = URI.create("ws://" + server.getAuthority() + "/live/" + stream + "/ws");
        socket = client.newWebSocketBuilder()
                .subprotocols("sightline.v1")
                .buildAsync(address, this)
                .join();
    }

    /** The first frame of a version. */
    Seen await(String version) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        try {
            while (System.nanoTime() - deadline < 0) {
                Seen next = seen.poll(1, TimeUnit.SECONDS);
                if (next != null && next.version().equals(version)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BenchException("no frame shows version " + version);
    }

    /** Frames that came and were not looked at. */
    BlockingQueue<Seen> seen() {
        return seen;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            note(message.toByteArray());
            message.reset();
        }
        webSocket.request(1);
        return null;
    }

    private void note(byte[] frame) {
        int length = ByteBuffer.wrap(frame).getInt();
        String header = new String(frame, Integer.BYTES, length, StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(header);
        Matcher seq = SEQ.matcher(header);
        if (version.find() && seq.find()) {
            seen.add(new Seen(System.nanoTime(), Long.parseLong(seq.group(1)), version.group(1)));
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
