package dev.sightline.app;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.PatternNumber;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watches a pattern's stream over WebSocket, reads the number in every frame back, and counts what is missing. */
final class NumberedViewer implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double MOST_FOREIGN = 0.1;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final AtomicInteger slates = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final String stream;
    private final Continuity continuity;
    private final WebSocket socket;
    private volatile boolean ended;
    private long forgiven;

    private NumberedViewer(HttpClient client, URI server, String stream) {
        this.stream = stream;
        this.continuity = new Continuity(stream);
        this.socket = client.newWebSocketBuilder()
                .subprotocols("sightline.v1")
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/live/" + stream + "/ws"), this)
                .join();
    }

    static NumberedViewer watch(HttpClient client, URI server, String stream) {
        return new NumberedViewer(client, server, stream);
    }

    String stream() {
        return stream;
    }

    /** Frames that came, slates not counted. */
    long frames() {
        return continuity.frames();
    }

    long missed() {
        return continuity.missed();
    }

    /**
     * How many it may miss: none in the long run. On a machine that others use, frames come late or not, whatever the server
     * does; and what starts and dies in a short run takes all of a small one for moments.
     *
     * @param foreign the processors that other programs used meanwhile
     */
    long mayMiss(double foreign) {
        if (foreign > MOST_FOREIGN) {
            return 5 + due() / 10;
        }
        return Boolean.getBoolean("sightline.long") ? 0 : 3 + due() / 100;
    }

    int slates() {
        return slates.get();
    }

    /** Frames whose painted number could not be read, or is not the one they came with. */
    int unreadable() {
        return unreadable.get();
    }

    /** Whether it was disconnected. */
    boolean hasEnded() {
        return ended;
    }

    /** What was missed until now does not count. */
    void forgive() {
        forgiven = frames();
        continuity.forgive();
        slates.set(0);
    }

    /** Frames that should have come since then. */
    long due() {
        return frames() - forgiven + missed();
    }

    /** Waits for so many frames more. */
    void awaitFrames(int count) {
        long before = frames();
        Await.until(count + " more frames of " + stream, () -> frames() >= before + count);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            read(message.toByteArray());
            message.reset();
        }
        from.request(1);
        return null;
    }

    private void read(byte[] bytes) {
        int length = ByteBuffer.wrap(bytes).getInt();
        JsonNode header = JSON.readTree(new String(bytes, 4, length, StandardCharsets.UTF_8));
        if (header.path("metadata").has("state")) {
            slates.incrementAndGet();
            return;
        }
        long number = header.path("seq").asLong();
        ByteBuffer jpeg = ByteBuffer.wrap(bytes, 4 + length, bytes.length - 4 - length);
        if (PatternNumber.readJpeg(jpeg).orElse(-1) != number) {
            unreadable.incrementAndGet();
        }
        continuity.came(number);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ended = true;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        ended = true;
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public String toString() {
        return continuity + ", " + slates + " slates, " + unreadable + " unreadable" + (ended ? ", ended" : "");
    }
}
