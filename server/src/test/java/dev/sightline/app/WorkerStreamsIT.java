package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.WebSocketViewer;
import dev.sightline.worker.WorkerStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server with a real worker, which is killed and changed under viewers. */
class WorkerStreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TWO = """
            http: {port: 0}
            streams:
              far: {source: 'pattern:320x240@30', process: [motion], worker: cams}
              near: {source: 'pattern:320x240@30'}
              mine: {source: 'mirror:', process: [{resize: {width: 32}}], worker: cams}
            """;

    @TempDir
    private static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        server = LiveServer.start(folder, TWO);
        Await.until("the worker's stream", PATIENCE, () -> state("far").equals("LIVE"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String state(String stream) {
        return server.api().stream(stream).path("state").asString();
    }

    private static WorkerStatus worker() {
        return server.workers().get(0);
    }

    @Test
    void workerCrashes_viewersStay_andNeighboursNoticeNothing() throws Exception {
        try (WebSocketViewer far = WebSocketViewer.watch(server.address(), "far");
                WebSocketViewer near = WebSocketViewer.watch(server.address(), "near");
                NodeClient socketIo = NodeClient.start(server.address(), """
                        const socket = io(url, { auth: { stream: 'far' } });
                        let count = 0;
                        socket.on('frame', () => say('frame ' + ++count));
                        socket.on('disconnect', why => say('disconnected ' + why));
                        """);
                Mjpeg mjpeg = new Mjpeg("/live/far/mjpeg")) {
            far.awaitPicture(0);
            near.awaitPicture(0);
            mjpeg.awaitMore();
            socketIo.await("frame 3");
            long deaths = deaths();

            long last = far.latest().orElseThrow().seq();
            crash();
            long slate = far.awaitSlate().seq();
            assertThat(slate).isGreaterThanOrEqualTo(last);
            Await.until("live again", PATIENCE, () -> state("far").equals("LIVE"));
            far.awaitPicture(slate);
            mjpeg.awaitMore();
            int before = socketIo.lines().size();
            Await.until("frames over Socket.IO", () -> socketIo.lines().size() > before + 3);

            assertThat(deaths()).isEqualTo(deaths + 1);
            assertThat(far.closeCode()).isEmpty();
            assertThat(mjpeg.ended.get()).isFalse();
            assertThat(socketIo.line("disconnected")).isEmpty();
            assertThat(far.pictures())
                    .extracting(WebSocketViewer.Shown::seq)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(near.pictures()).noneMatch(WebSocketViewer.Shown::isSlate);
            near.pictures()
                    .forEach(shown -> assertThat(PatternNumber.readJpeg(ByteBuffer.wrap(shown.jpeg())))
                            .isEqualTo(OptionalLong.of(shown.seq())));
            assertThat(server.api().metric("sightline_worker_deaths_total{cause=\"crash\",worker=\"cams\"}"))
                    .isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void save_otherStep_isInTheNextFramesOfTheWorker() throws Exception {
        try (WebSocketViewer far = WebSocketViewer.watch(server.address(), "far")) {
            far.awaitPicture(0);

            server.save(TWO.replace("[motion]", "[motion, {resize: {width: 160}}]"));

            Await.until(
                    "the new width",
                    () -> far.latest().orElseThrow().header().path("width").asInt() == 160);
            Await.until("told", () -> server.steps("far").contains("resize"));
            assertThat(far.closeCode()).isEmpty();
        } finally {
            server.save(TWO);
            Await.until("as before", () -> !server.steps("far").contains("resize"));
        }
    }

    @Test
    void workerCrashes_mirrorsSenderStays_andIsAnsweredAgain() throws Exception {
        String picture = Base64.getEncoder().encodeToString(Pictures.plain(64, 48, 128));
        try (NodeClient sender = NodeClient.start(server.address(), """
                const socket = io(url, { auth: { stream: 'mine' } });
                const picture = Buffer.from('%s', 'base64');
                let count = 0;
                socket.on('connect', () => socket.emit('frame', picture));
                socket.on('frame', () => {
                  say('result ' + ++count);
                  setTimeout(() => socket.emit('frame', picture), 10);
                });
                setInterval(() => socket.emit('frame', picture), 2000); // one may be lost with the process
                socket.on('disconnect', why => say('disconnected ' + why));
                """.formatted(picture))) {
            sender.await("result 10");
            assertThat(server.api().stream("mine").path("worker").path("name").asString())
                    .isEqualTo("cams");
            long deaths = deaths();

            crash();
            Await.until("the death is seen", PATIENCE, () -> deaths() > deaths);
            int before = sender.lines().size();
            Await.until("answered again", PATIENCE, () -> sender.lines().size() > before + 10);

            assertThat(sender.line("disconnected")).isEmpty();
        }
        Await.until(
                "it has left", () -> server.api().stream("mine").path("viewers").asInt() == 0);
    }

    private static long deaths() {
        return worker().deaths().values().stream().mapToLong(Long::longValue).sum();
    }

    private static void crash() throws Exception {
        long pid = worker().pid().orElseThrow();
        new ProcessBuilder(List.of("kill", "-SEGV", Long.toString(pid))).start().waitFor();
    }

    /** Reads an MJPEG stream. */
    private static final class Mjpeg implements AutoCloseable {
        final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong bytes = new AtomicLong();
        private final InputStream body;

        Mjpeg(String path) throws IOException, InterruptedException {
            body = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.address().resolve(path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            Thread reader = new Thread(this::read, "mjpeg");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            byte[] buffer = new byte[65_536];
            try {
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    bytes.addAndGet(read);
                }
            } catch (IOException e) {
                // As if it had ended.
            }
            ended.set(true);
        }

        void awaitMore() {
            long before = bytes.get();
            Await.until("more of the MJPEG stream", () -> bytes.get() > before + 50_000);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
