package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program told to end by a supervisor, as its viewers, its balancer and its log see it. */
class DrainIT {
    @TempDir
    private Path folder;

    @Test
    void sigterm_viewersAreToldToComeBack_andASecondOneEndsAtOnce() throws Exception {
        Files.writeString(folder.resolve("Loop.java"), """
                public final class Loop implements dev.sightline.processor.FrameProcessor {
                    public void process(dev.sightline.frame.Frame frame) {
                        long x = 0;
                        while (frame.seq() > 10) { x++; }
                    }
                }
                """);
        Files.writeString(folder.resolve("loop.yml"), """
                processors: [./Loop.java]
                streams:
                  cam: {source: 'pattern:64x48@30'}
                  loops: {source: 'pattern:64x48@30', process: loop}
                """);
        try (Program program = Program.start(folder, "--config", "loop.yml", "--port", "0", "--log", "json")) {
            URI address = program.address();
            String hanging = program.await("processor loop is hanging");
            CompletableFuture<String> closed = viewer(address);
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", address.getPort());
            try (RawClient balancer = new RawClient(server)) {
                assertThat(balancer.get("/health/live").readAnswer()).startsWith("HTTP/1.1 200");
                assertThat(balancer.get("/health/ready").readAnswer()).startsWith("HTTP/1.1 200");

                program.terminate();
                assertThat(closed.get()).isEqualTo("1001 the server stops: connect again");
                Await.until("nobody new is let in", () -> isRefused(server));
                program.terminate();
            }
            assertThat(program.exit()).as("at once, without the loop's end").isEqualTo(137);
            JsonNode line = new JsonMapper().readTree(hanging);
            assertThat(line.path("stream").asString()).isEqualTo("loops");
            assertThat(line.path("level").asString()).isEqualTo("warning");
            assertThat(line.path("time").asString()).endsWith("Z");
            assertThat(program.said().lines().filter(said -> said.contains("\"level\"")))
                    .allSatisfy(
                            said -> assertThat(new JsonMapper().readTree(said).isObject())
                                    .isTrue());
        }
    }

    @Test
    void sigterm_once_exitsWithZeroWithinTenSeconds() throws Exception {
        try (Program program = Program.start(folder, "cam=pattern:64x48@30", "--port", "0")) {
            CompletableFuture<String> closed = viewer(program.address());
            long start = System.nanoTime();
            program.terminate();

            assertThat(program.exit()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(closed.get()).startsWith("1001 ");
            assertThat(program.said()).contains("Ended after");
        }
    }

    /** Watches by WebSocket. @return with which code and words it is closed */
    private static CompletableFuture<String> viewer(URI address) {
        CompletableFuture<String> closed = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(address.toString().replaceFirst("^http", "ws") + "live/cam/ws"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                closed.complete(code + " " + reason);
                                return CompletableFuture.completedFuture(null);
                            }

                            @Override
                            public void onError(WebSocket socket, Throwable error) {
                                closed.completeExceptionally(error);
                            }
                        })
                .join();
        return closed;
    }

    private static boolean isRefused(InetSocketAddress server) {
        try (RawClient newcomer = new RawClient(server)) {
            return newcomer.get("/health/ready").readAnswer().startsWith("HTTP/1.1 503");
        } catch (IOException refused) {
            return true;
        }
    }
}
