package dev.sightline.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.JpegHeader;
import dev.sightline.stream.wire.ProbeAnswer;
import dev.sightline.stream.wire.ProbeRequest;
import dev.sightline.worker.Message;
import dev.sightline.worker.WorkNotes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The child's half of trying a source, joined by a link within this process. */
class ProbeWorkerTest {
    private static final Map<String, Object> STRICT = Map.of("allowed", List.of(), "files", ".");
    private static final Map<String, Object> HERE = Map.of("allowed", List.of("127.0.0.0/8"), "files", ".");

    @TempDir
    private Path folder;

    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final MemoryLink[] pair = MemoryLink.pair();
    private final Thread process = new Thread(this::work, "process");

    @BeforeEach
    void start() {
        pair[0].onMessage(answers::add);
        process.setDaemon(true);
        process.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        pair[0].close();
        process.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(process.isAlive()).isFalse();
    }

    private void work() {
        try {
            ProbeWorker body = new ProbeWorker();
            body.prepare();
            body.run(pair[1], WorkNotes.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProbeAnswer ask(String source, Map<String, Object> egress, long millis) throws InterruptedException {
        pair[0].send(new ProbeRequest(source, folder.toString(), egress, millis).message());
        Message answer = answers.poll(60, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return ProbeAnswer.read(answer);
    }

    @Test
    void run_pattern_tellsSizeRateAndAPicture() throws Exception {
        assertThat(ask("pattern:800x600@20", STRICT, 20_000)).isInstanceOfSatisfying(ProbeAnswer.Found.class, found -> {
            assertThat(found.width()).isEqualTo(800);
            assertThat(found.height()).isEqualTo(600);
            assertThat(found.codec()).isEmpty();
            assertThat(found.fps()).hasValueSatisfying(fps -> assertThat(fps).isPositive());
            assertThat(JpegHeader.of(found.picture()))
                    .hasValueSatisfying(header -> assertThat(header.width()).isEqualTo(640));
        });
    }

    @Test
    void run_egressRules_areThoseOfTheServer() throws Exception {
        assertThat(problem(ask("http://127.0.0.1:1/x", STRICT, 20_000))).contains("loopback");
        assertThat(problem(ask("../secret.mp4", STRICT, 20_000))).contains("egress: files");
        assertThat(problem(ask("http://127.0.0.1:1/x", HERE, 20_000))).doesNotContain("egress");
    }

    @Test
    void run_silentCamera_isGivenUpInTime_withoutItsPassword() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String address = "http://me:s3cret@127.0.0.1:" + silent.getLocalPort() + "/video";

            assertThat(problem(ask(address, HERE, 1_000)))
                    .contains("no picture within 1 s")
                    .doesNotContain("s3cret");
        }
    }

    private static String problem(ProbeAnswer answer) {
        return answer instanceof ProbeAnswer.Failed failed ? failed.problem() : answer.toString();
    }
}
