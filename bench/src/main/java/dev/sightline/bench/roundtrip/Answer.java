package dev.sightline.bench.roundtrip;

import dev.sightline.bench.BenchException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One picture sent by a plain client, and what comes back. */
final class Answer implements WebSocket.Listener {
    private static final long LONGEST_SECONDS = 20;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> complete = new CompletableFuture<>();

    private Answer() {}

    /** What a server makes of a picture. */
    static byte[] of(URI address, byte[] picture) {
        Answer answer = new Answer();
        try {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, answer)
                    .join();
            socket.sendBinary(ByteBuffer.wrap(picture), true).join();
            try {
                return answer.complete
                        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                        .join();
            } finally {
                socket.abort();
            }
        } catch (CompletionException e) {
            throw new BenchException("no answer from " + address + ": " + e.getCause(), e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            complete.complete(message.toByteArray());
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        complete.completeExceptionally(new BenchException("closed with " + code + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        complete.completeExceptionally(error);
    }
}
