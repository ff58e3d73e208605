package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code of the user's that never returns, wherever it stands: nothing else is touched, nobody is disconnected, changes go on. */
class HungCodeIT {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final String CONFIG = """
            http: {port: 0}
            processors: [./Made.java, ./Hung.java, ./Busy.java]
            streams:
              cam: {source: 'pattern:160x120@30', process: made}
              door: {source: 'pattern:160x120@30'}
            """;

    /** A factory of the user's, made as soon as its file is loaded. */
    private static final String MADE = """
            import dev.sightline.processor.*;
            public final class Made implements ProcessorFactory<NoParameters> {
                static { /* here */ }
                public String name() { return "made"; }
                public String description() { return "Marks frames."; }
                public Class<NoParameters> parameters() { return NoParameters.class; }
                public FrameProcessor create(NoParameters none) { return frame -> frame.metadata().put("made", 1); }
            }
            """;

    /** Not even an interrupt ends its wait. */
    private static final String FOR_EVER = "while (true) java.util.concurrent.locks.LockSupport.park();";

    private static final String HUNG = """
            import dev.sightline.frame.Frame;
            public final class Hung implements dev.sightline.processor.FrameProcessor {
                static { if (true) FOR_EVER }
                public void process(Frame frame) {}
            }
            """.replace("FOR_EVER", FOR_EVER);

    private static final String BUSY = """
            import dev.sightline.frame.Frame;
            public final class Busy implements dev.sightline.processor.FrameProcessor {
                public void process(Frame frame) { FOR_EVER }
            }
            """.replace("FOR_EVER", FOR_EVER);

    @TempDir
    private Path folder;

    private LiveServer server;
    private WebSocketViewer viewer;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("Made.java"), MADE);
        Files.writeString(folder.resolve("Hung.java"), HUNG);
        Files.writeString(folder.resolve("Busy.java"), BUSY);
        server = LiveServer.start(folder, CONFIG);
        viewer = WebSocketViewer.watch(server.address(), "cam");
        viewer.awaitPicture(0);
    }

    @AfterEach
    void stop() {
        assertThat(viewer.closeCode()).as("the viewer stayed").isEmpty();
        viewer.close();
        server.close();
    }

    @Test
    void staticInitializerOfAFactory_thatNeverReturns_isTold_andOthersGoOn() throws IOException {
        Files.writeString(folder.resolve("Made.java"), MADE.replace("/* here */", "if (true) " + FOR_EVER));
        Await.until("it hangs", () -> threads().anyMatch("Made.java-loading"::equals));
        List<CompletableFuture<HttpResponse<String>>> clients = Stream.of("cam", "door")
                .map(stream -> CompletableFuture.supplyAsync(
                        () -> send("PATCH", "/api/streams/" + stream, "{\"max-viewers\": 7}")))
                .toList();

        assertThat(clients).extracting(client -> client.join().statusCode()).containsOnly(200);
        assertThat(server.problems())
                .contains("processors: ", "Made.java did not get ready within 10 s")
                .contains("the static initializer of Made does not return; it is at Made.java:3");
        viewer.awaitPicture(viewer.latest().orElseThrow().seq() + 3);
        assertThat(send("PATCH", "/api/streams/cam", "{\"process\": [\"made\", \"flip\"]}")
                        .statusCode())
                .as("what is in force can still be made")
                .isEqualTo(200);

        Files.writeString(folder.resolve("Made.java"), MADE.replace("/* here */", "int mended = 1;"));
        Await.until("no problems", () -> server.problems().equals("[]"));
    }

    @Test
    void staticInitializerOfAProcessor_thatNeverReturns_isTold_andRefusedAtOnceLater() {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send("PATCH", "/api/streams/cam", "{\"process\": [\"hung\"]}");
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("stream 'cam': processor 'hung' did not get ready within 10 s");
        }
        long before = System.nanoTime();
        assertThat(send("PATCH", "/api/streams/door", "{\"process\": [\"hung\"]}")
                        .body())
                .contains("stream 'door': processor 'hung' did not get ready 2 times before");
        assertThat(send("PATCH", "/api/streams/door", "{\"process\": [\"flip\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        assertThat(server.steps("cam")).isEqualTo("made");
        viewer.awaitPicture(viewer.latest().orElseThrow().seq() + 3);
    }

    @Test
    void process_thatNeverReturns_isNamed_andItsStreamCanBeMadeAgain() throws IOException {
        assertThat(send("PATCH", "/api/streams/door", "{\"process\": [\"busy\"]}")
                        .statusCode())
                .isEqualTo(200);

        Await.until(
                "it is named",
                () -> server.api().stream("door")
                        .path("reason")
                        .asString("")
                        .contains("processor busy does not finish"));
        assertThat(send("PATCH", "/api/streams/cam", "{\"process\": [\"flip\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/api/streams/door", "").statusCode()).isEqualTo(204);
        assertThat(send("PUT", "/api/streams/door", "{\"source\": \"pattern:160x120@30\"}")
                        .statusCode())
                .isEqualTo(200);
        Await.until(
                "it is live again",
                () -> server.api().stream("door").path("state").asString("").equals("LIVE"));
    }

    private static Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return server.api().send(method, path, body, JSON);
    }
}
