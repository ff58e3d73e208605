package dev.sightline.app;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * {@code sightline warm-up}: a short life of the whole server, watched by a viewer of its own.
 *
 * <p>The launcher runs it once after a build: the native libraries get unpacked, and the JVM archives every class that
 * was loaded, which halves the time of the starts that follow.
 */
@Command(name = "warm-up", hidden = true, description = "Live for a moment, so that later starts are faster.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String STREAM = "warm-up";
    private static final int PICTURES = 10;
    private static final long PATIENCE_SECONDS = 20;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        try (RunningServer server =
                Composition.of(config(), Path.of(""), List.of()).start()) {
            HttpClient client = HttpClient.newHttpClient();
            boolean seen = watch(client, server.address());
            for (String page : List.of("/", "/live/" + STREAM, "/live/" + STREAM + "/jpeg", "/api/streams")) {
                HttpRequest request =
                        HttpRequest.newBuilder(server.address().resolve(page)).build();
                client.send(request, BodyHandlers.discarding());
            }
            return seen ? 0 : 1;
        }
    }

    private static SightlineConfig config() {
        Node steps = new Node.Scalar("motion,faces,clock", new Place(STREAM, 1, 1));
        return new SightlineConfig(
                HttpSettings.DEFAULTS.withPort(0),
                List.of(),
                Map.of(STREAM, StreamConfig.of("pattern:640x480@30", steps)));
    }

    private static boolean watch(HttpClient client, URI server) throws InterruptedException, ExecutionException {
        CountDownLatch pictures = new CountDownLatch(PICTURES);
        URI address = URI.create("ws://" + server.getAuthority() + "/live/" + STREAM + "/ws");
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("sightline.v1")
                .buildAsync(address, new Viewer(pictures))
                .get();
        boolean seen = pictures.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        socket.abort();
        return seen;
    }

    /** Counts the pictures that come. */
    private record Viewer(CountDownLatch pictures) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            if (last) {
                pictures.countDown();
            }
            socket.request(1);
            return null;
        }
    }
}
