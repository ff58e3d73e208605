package dev.sightline.bench.fanout;

import dev.sightline.bench.BenchException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a number of pictures from a WebSocket. */
final class Recorder implements WebSocket.Listener {
    private static final long LONGEST_SECONDS = 60;

    private final int count;
    private final List<byte[]> pictures = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final CompletableFuture<List<byte[]>> complete = new CompletableFuture<>();

    private Recorder(int count) {
        this.count = count;
    }

    /** The next pictures of a stream, as they are shown there. */
    static List<byte[]> record(URI address, int count) {
        Recorder recorder = new Recorder(count);
        try {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, recorder)
                    .join();
            try {
                return recorder.complete
                        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                        .join();
            } finally {
                socket.abort();
            }
        } catch (CompletionException e) {
            throw new BenchException("cannot record " + address + ": " + e.getCause(), e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            pictures.add(message.toByteArray());
            message.reset();
            if (pictures.size() == count) {
                complete.complete(pictures);
            }
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
