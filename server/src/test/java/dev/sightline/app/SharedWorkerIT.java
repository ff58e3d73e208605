package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.stream.RemoteWorker;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.RtspServer;
import dev.sightline.testkit.WebSocketViewer;
import dev.sightline.testkit.webrtc.PeerLoop;
import dev.sightline.testkit.webrtc.PeerSettings;
import dev.sightline.testkit.webrtc.WebRtcPeer;
import dev.sightline.worker.WorkerStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A server of a configuration file as the program serves it: an RTSP camera and a publisher share the default worker. */
class SharedWorkerIT {
    private static final Logger LOG = LoggerFactory.getLogger(SharedWorkerIT.class);
    /** As long as a process may take to come up. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Says where its class was read from, and when that was compiled. */
    private static final String WHERE = """
            import java.nio.file.*;

            public final class Where implements dev.sightline.processor.FrameProcessor {
                public void process(dev.sightline.frame.Frame frame) throws Exception {
                    Path file = Path.of(Where.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                            .resolve("Where.class");
                    frame.metadata().put("class", file.toString());
                    frame.metadata().put("compiled", Files.getLastModifiedTime(file).toString());
                }
            }
            """;

    private static final String LAME = """
            public final class Lame implements dev.sightline.processor.FrameProcessor {
                public Lame() { throw new IllegalStateException("there is no model"); }
                public void process(dev.sightline.frame.Frame frame) {}
            }
            """;

    private static final String CONFIG = """
            http: {port: 0}
            processors: [./Where.java, ./Lame.java]
            streams:
              street: {source: '%s', process: [where]}
              phone: {source: 'publish:'}
              broken: {source: 'publish:', process: [lame]}
              near: {source: 'pattern:160x120@15'}
            """;

    private static final java.util.logging.Logger WORKER_LOG =
            java.util.logging.Logger.getLogger(RemoteWorker.class.getName());

    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();
    private static final Handler LISTENER = new StreamHandler() {
        @Override
        public void publish(LogRecord line) {
            LINES.add(line.getMessage());
        }
    };

    @TempDir
    private static Path folder;

    private static RtspServer camera;
    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        camera = RtspServer.start(320, 240, 15);
        Files.writeString(folder.resolve("Where.java"), WHERE);
        Files.writeString(folder.resolve("Lame.java"), LAME);
        WORKER_LOG.addHandler(LISTENER);
        server = LiveServer.startWithWorkers(folder, CONFIG.formatted(camera.url()));
        Await.until("the camera", PATIENCE, () -> state("street").equals("LIVE"));
    }

    @AfterAll
    static void stop() {
        WORKER_LOG.removeHandler(LISTENER);
        server.close();
        camera.close();
    }

    private static String state(String stream) {
        return server.api().stream(stream).path("state").asString();
    }

    private static JsonNode worker(String stream) {
        return server.api().stream(stream).path("worker");
    }

    @Test
    void worker_isTheDefaultOfWhatComesOverTheNetwork_andIsTold() {
        assertThat(server.workers()).extracting(WorkerStatus::name).containsExactly("network");
        for (String stream : List.of("street", "phone", "broken")) {
            assertThat(worker(stream).toString()).isEqualTo("{\"name\":\"network\",\"state\":\"UP\"}");
        }
        assertThat(worker("near").isMissingNode()).isTrue();
    }

    @Test
    void processorThatCannotBeMade_itsStreamIsOfflineAndTheLogSaysWhy() {
        String why = "processor 'lame' cannot be made: there is no model (IllegalStateException at Lame.java:2)";

        Await.until("it is refused", () -> state("broken").equals("OFFLINE"));

        assertThat(server.api().stream("broken").path("reason").asString()).contains(why);
        assertThat(LINES).anyMatch(line -> line.contains("'network' cannot run 'broken'") && line.contains(why));
    }

    @Test
    void ownProcessor_runsAsTheServerCompiledIt() throws IOException {
        try (WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "street")) {
            viewer.awaitPicture(0);
            Path file = Path.of(viewer.metadata().path("class").asString());

            assertThat(viewer.metadata().path("compiled").asString())
                    .isEqualTo(Files.getLastModifiedTime(file).toString());
        }
    }

    @Test
    void workerIsKilled_watchersAndSenderStayConnected_andAllIsLiveAgain() throws Exception {
        try (Browser browser = Browser.start();
                PeerLoop peers = new PeerLoop();
                WebRtcPeer video = WebRtcPeer.watch(
                                peers, server.address().resolve("/live/street/whep"), PeerSettings.DEFAULTS)
                        .awaitPlaying();
                WebSocketViewer street = WebSocketViewer.watch(server.address(), "street");
                WebSocketViewer phone = WebSocketViewer.watch(server.address(), "phone")) {
            Page page = browser.page(640, 480);
            page.navigate(server.address().resolve("/api").toString());
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(script()));
            page.evaluate("send('phone', { codec: 'H264' }).then((sent) => void (window.sent = sent))");
            street.awaitPicture(0);
            phone.awaitPicture(0);
            List<String> sessions = sessions();
            assertThat(sessions).hasSize(2);

            long lastOfStreet = last(street);
            long lastOfPhone = last(phone);
            long begin = System.nanoTime();
            kill();
            awaitPictureAfterSlate(street, lastOfStreet);
            LOG.info("live again after {} ms", (System.nanoTime() - begin) / 1_000_000);
            awaitPictureAfterSlate(phone, lastOfPhone);
            video.awaitFrames(20);

            assertThat(video.ended()).isNotDone();
            assertThat(page.evaluate("sent.peer.connectionState")).isEqualTo("connected");
            assertThat(sessions()).isEqualTo(sessions);
            assertThat(street.closeCode()).isEmpty();
            assertThat(phone.closeCode()).isEmpty();
        }
    }

    private static long last(WebSocketViewer viewer) {
        return viewer.latest().orElseThrow().seq();
    }

    private static void awaitPictureAfterSlate(WebSocketViewer viewer, long last) {
        Await.until("a slate", PATIENCE, () -> slateAfter(viewer, last).isPresent());
        assertThat(slateAfter(viewer, last)
                        .orElseThrow()
                        .header()
                        .path("metadata")
                        .toString())
                .contains("OFFLINE");
        viewer.awaitPicture(slateAfter(viewer, last).orElseThrow().seq());
    }

    private static Optional<WebSocketViewer.Shown> slateAfter(WebSocketViewer viewer, long last) {
        return viewer.pictures().stream()
                .filter(shown -> shown.seq() >= last && shown.isSlate())
                .findFirst();
    }

    private static List<String> sessions() {
        return server.api().sessions().stream()
                .map(session -> session.path("id").asString())
                .sorted()
                .toList();
    }

    private static void kill() throws Exception {
        long pid = server.workers().get(0).pid().orElseThrow();
        new ProcessBuilder(List.of("kill", "-KILL", Long.toString(pid))).start().waitFor();
    }

    private static String script() {
        try (InputStream script = SharedWorkerIT.class.getResourceAsStream("/dev/sightline/transport/webrtc/whip.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
