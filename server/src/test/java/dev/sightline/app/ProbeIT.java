package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.HttpMjpegServer;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sources that are tried by a server with workers: each in a process of its own, which may die of it. */
class ProbeIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = """
            http: {port: 0}
            egress: {allowed: [127.0.0.1]}
            streams: {near: {source: 'pattern:160x120@15'}}
            """;

    @TempDir
    private static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 320, 240, 25, 100);
        server = LiveServer.startWithWorkers(folder, FILE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> probe(LiveServer at, String source) {
        return at.api()
                .send(
                        "POST",
                        "/api/probe",
                        JSON.writeValueAsString(Map.of("source", source)),
                        Map.of("Content-Type", "application/json"));
    }

    /** What came, without what differs from one look to the next. */
    private static JsonNode found(LiveServer at, String source) {
        HttpResponse<String> answer = probe(at, source);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        ObjectNode found = (ObjectNode) JSON.readTree(answer.body());
        assertThat(found.remove("fps").asDouble()).isPositive();
        byte[] picture = Base64.getDecoder().decode(found.remove("picture").asString());
        assertThat(PatternNumber.readJpeg(ByteBuffer.wrap(picture))).isPresent();
        return found;
    }

    private static double probes(String metric, String labels) {
        return server.api().metric("sightline_worker_" + metric + "_total{" + labels + "worker=\"probe\"}");
    }

    /** The processes of this server that have none below them: inside of what confines them. */
    private static List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .filter(each -> each.children().findAny().isEmpty())
                .toList();
    }

    private static void awaitNoProcess() {
        Await.until("the process is gone", () -> processes().isEmpty());
    }

    @Test
    void probe_inAProcess_answersAsTheServerItself() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(folder.resolve("clip.mp4"), other.resolve("clip.mp4"));
        try (LiveServer itself = LiveServer.start(other, FILE);
                HttpMjpegServer camera = HttpMjpegServer.start(320, 240, 25)) {
            String video = camera.url().replace("//", "//eve:s3cret@");

            assertThat(found(server, "clip.mp4")).isEqualTo(found(itself, "clip.mp4"));
            double starts = probes("starts", "");
            assertThat(found(server, video)).isEqualTo(found(itself, video));
            assertThat(found(server, "pattern:320x240@30")).isEqualTo(found(itself, "pattern:320x240@30"));
            assertThat(probe(server, "gone.mp4").body())
                    .isEqualTo(probe(itself, "gone.mp4").body().replace("/other/", "/"));
            assertThat(probes("starts", "")).isEqualTo(starts + 3);
        }
        awaitNoProcess();
    }

    @Test
    void probe_processThatCrashesInTheMiddle_isAClearAnswer_andTheServerGoesOn() throws Exception {
        awaitNoProcess();
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(60_000);
            String address = "http://eve:s3cret@127.0.0.1:" + silent.getLocalPort() + "/video";
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> probe(server, address));
            try (Socket opened = silent.accept()) {
                assertThat(opened.isConnected()).isTrue();
                assertThat(processes()).hasSize(1);
                long pid = processes().get(0).pid();
                assertThat(processes().get(0).info().commandLine().orElse("")).doesNotContain("s3cret");
                new ProcessBuilder("kill", "-SEGV", Long.toString(pid)).start().waitFor();

                assertThat(answer.join().statusCode()).isEqualTo(422);
                assertThat(JSON.readTree(answer.join().body()).path("detail").asString())
                        .startsWith("http://***@127.0.0.1:" + silent.getLocalPort()
                                + "/video: opening it ended the process that tried it: it crashed with SIGSEGV")
                        .doesNotContain("\n");
                assertThat(answer.join().body()).doesNotContain("s3cret");
            }
        }

        assertThat(probes("deaths", "cause=\"crash\",")).isEqualTo(1);
        assertThat(server.api().metric("sightline_worker_quarantined_streams")).isZero();
        Await.until(
                "live",
                () -> server.api().stream("near").path("state").asString().equals("LIVE"));
        assertThat(found(server, "pattern:320x240@30").path("width").asInt()).isEqualTo(320);
        awaitNoProcess();
    }
}
