package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control API from outside: what it changes, keeps and refuses. */
class ControlApiIT {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final String FILE = """
            # the workshop
            http: {port: 0}
            streams:
              # above the door
              cam:
                source: pattern:160x120@15   # for now
                process: [motion: {bottom: 0.9}, clock]
              secret: {source: 'rtsp://me:${file:password.txt}@127.0.0.1:1/x', on-demand: true}
            profiles:
              night: {cam: {process: grayscale}}
            """;

    @TempDir
    private Path folder;

    private LiveServer server;
    private WebSocketViewer viewer;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("password.txt"), "s3cret-word");
        server = LiveServer.start(folder, FILE);
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
    void patchStep_parameter_isInTheNextFrames_andInTheAnswer() {
        HttpResponse<String> answer = send("PATCH", "/api/streams/cam/process/motion", "{\"bottom\": 0.5}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode step = server.api().json("/api/streams/cam/process/0");
        assertThat(step.path("name").asString()).isEqualTo("motion");
        assertThat(step.path("parameters").path("bottom").asDouble()).isEqualTo(0.5);
        assertThat(server.config().path("unkept").get(0).asString()).isEqualTo("cam");
        viewer.awaitPicture(viewer.latest().orElseThrow().seq() + 3);
        assertThat(send("PATCH", "/api/streams/cam/process/motion", "{\"bottom\": 5}")
                        .body())
                .contains("bottom: 'bottom' is 0 to 1, not 5");
        assertThat(send("PATCH", "/api/streams/cam/process/7", "{}").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/api/streams/cam/process/clock", "").statusCode())
                .isEqualTo(200);
        assertThat(server.steps("cam")).isEqualTo("motion");
    }

    @Test
    void patchStep_notEnabled_stopsItAndKeepsItsParameters_andTheOthersGoOn() throws IOException {
        long processed = clock().path("processed").asLong();

        HttpResponse<String> answer =
                send("PATCH", "/api/streams/cam/process/motion?keep=true", "{\"enabled\": false}");

        assertThat(answer.body()).contains("{\"motion\":{\"bottom\":0.9,\"enabled\":false}}");
        assertThat(server.steps("cam")).isEqualTo("clock");
        assertThat(server.text()).isEqualTo(FILE.replace("{bottom: 0.9}", "{bottom: 0.9, enabled: false}"));
        JsonNode step = server.api().json("/api/streams/cam/process/0");
        assertThat(step.path("enabled").asBoolean(true)).isFalse();
        assertThat(step.path("parameters").path("bottom").asDouble()).isEqualTo(0.9);
        assertThat(clock().path("processed").asLong()).as("it went on").isGreaterThan(processed);

        send("PATCH", "/api/streams/cam/process/0?keep=true", "{\"enabled\": null}");
        assertThat(server.steps("cam")).isEqualTo("motion clock");
        assertThat(server.text()).isEqualTo(FILE);
    }

    private JsonNode clock() {
        return server.api().json("/api/streams/cam/process/1");
    }

    @Test
    void patchStep_kept_changesOneWordOfTheFile() throws IOException {
        send("PATCH", "/api/streams/cam/process/0?keep=true", "{\"bottom\": 0.25}");

        assertThat(server.text()).isEqualTo(FILE.replace("0.9", "0.25"));
        assertThat(server.config().path("unkept")).isEmpty();
        assertThat(server.problems()).isEqualTo("[]");
    }

    @Test
    void streams_createdReplacedAndDeleted_keepTheRestOfTheFile() throws IOException {
        HttpResponse<String> created =
                send("POST", "/api/streams?keep=true", "{\"name\": \"door\", \"source\": \"pattern:160x120@15\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/streams/door");
        assertThat(server.streams()).isEqualTo("cam secret door");
        assertThat(server.text()).contains("# above the door", "password.txt", "door:", "# for now");
        try (WebSocketViewer door = WebSocketViewer.watch(server.address(), "door")) {
            door.awaitPicture(0);
            assertThat(send("PUT", "/api/streams/door", "{\"source\": \"pattern:320x240@15\", \"process\": [\"flip\"]}")
                            .statusCode())
                    .isEqualTo(200);
            Await.until(
                    "the new size",
                    () -> door.latest().orElseThrow().header().path("width").asInt() == 320);
            assertThat(send("DELETE", "/api/streams/door?keep=true", "").statusCode())
                    .isEqualTo(204);
            Await.until("its viewer is told", () -> door.closeCode().isPresent());
        }
        assertThat(server.text()).isEqualTo(FILE);
        assertThat(send("POST", "/api/streams", "{\"name\": \"cam\", \"source\": \"pattern:\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void settings_secrets_areMasked_andComeBackUnharmed() throws IOException {
        HttpResponse<String> read = server.api().send("GET", "/api/streams/secret", "", Map.of());
        JsonNode settings = new JsonMapper().readTree(read.body()).path("settings");
        assertThat(read.body()).doesNotContain("s3cret-word", "me:");

        HttpResponse<String> written = send(
                "PUT",
                "/api/streams/secret?keep=true",
                settings.toString().replace("\"on-demand\":true", "\"on-demand\":true,\"max-viewers\":3"));

        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
        assertThat(server.text()).contains("rtsp://me:${file:password.txt}@127.0.0.1:1/x", "max-viewers: 3");
        assertThat(server.problems()).isEqualTo("[]");
    }

    @Test
    void change_withAnOldTag_isRefused() {
        String tag = server.api()
                .send("GET", "/api/streams/cam", "", Map.of())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        Map<String, String> conditional = Map.of("Content-Type", "application/json", "If-Match", tag);

        assertThat(server.api()
                        .send("PATCH", "/api/streams/cam", "{\"max-viewers\": 5}", conditional)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.api()
                        .send("PATCH", "/api/streams/cam", "{\"max-viewers\": 6}", conditional)
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void change_withATag_ofAStreamThatIsMissing_saysSo() {
        Map<String, String> conditional = Map.of("Content-Type", "application/json", "If-Match", "*");
        for (String method : List.of("PATCH", "DELETE")) {
            HttpResponse<String> answer = server.api().send(method, "/api/streams/nobody", "{}", conditional);
            assertThat(answer.statusCode()).as(method).isEqualTo(404);
            assertThat(answer.body()).contains("nobody").doesNotContain("have changed");
        }
        HttpResponse<String> answer =
                server.api().send("PUT", "/api/streams/nobody", "{\"source\": \"publish:\"}", conditional);
        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.body()).contains("there is no stream 'nobody'");
        assertThat(server.streams()).isEqualTo("cam secret");
    }

    @Test
    void twoClientsAtOnce_loseNoChange() {
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> send("PUT", "/api/streams/s" + i, "{\"source\": \"publish:\"}")
                                .statusCode()))
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
        assertThat(server.streams().split(" ")).hasSize(22);
    }

    @Test
    void profile_switched_laysItsSettingsOver() throws IOException {
        assertThat(send("PATCH", "/api/config", "{\"profile\": \"nigth\"}").body())
                .contains("did you mean 'night'");
        assertThat(send("PATCH", "/api/config", "{\"profile\": \"night\"}").statusCode())
                .isEqualTo(200);
        assertThat(server.steps("cam")).isEqualTo("grayscale");
        assertThat(server.config().path("profile").asString()).isEqualTo("night");

        assertThat(send("PATCH", "/api/config?keep=true", "{\"profile\": null}").statusCode())
                .isEqualTo(200);
        assertThat(server.steps("cam")).isEqualTo("motion clock");
        assertThat(server.text()).isEqualTo(FILE);
    }

    @Test
    void change_sourceNearThisComputer_keptInTheFile_staysChecked() throws IOException {
        send("PUT", "/api/streams/kept?keep=true", "{\"source\": \"http://2130706433:1/x\"}");

        assertThat(server.text()).contains("egress: checked");
        Await.until(
                "refused where it connects",
                () -> server.api().stream("kept").path("reason").asString().contains("leads to 127.0.0.1"));
        send("PATCH", "/api/streams/kept?keep=true", "{\"egress\": null, \"loop\": false}");
        assertThat(server.text()).contains("egress: checked", "loop: false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT    | /api/streams/x y        | {\"source\": \"pattern:\"}                   | 422 | cannot name a stream",
                "PUT    | /api/streams/x          | {}                                          | 422 | 'source' is missing",
                "PUT    | /api/streams/x          | {\"source\": \"patern:\"}                    | 422 | did you mean",
                "PUT    | /api/streams/x          | {\"source\": [1, 2]}                         | 422 | takes one value",
                "PUT    | /api/streams/x          | {\"source\": \"pattern:\", \"colour\": 1}    | 422 | unknown key 'colour'",
                "PUT    | /api/streams/x          | {\"source\": \"pattern:\", \"process\": [\"fliip\"]} | 422 | did you mean 'flip'",
                "PUT    | /api/streams/x          | [1]                                         | 422 | an object",
                "PUT    | /api/streams/x          | {\"source\":                                 | 400 | JSON",
                "PATCH  | /api/streams/cam        | {\"source\": null}                           | 422 | 'source' is missing",
                "PATCH  | /api/streams/nobody     | {}                                          | 404 | nobody",
                "PATCH  | /api/config             | {\"http\": {\"port\": 1}}                     | 422 | profile",
                "PUT    | /api/streams/x          | {\"source\": \"http://127.0.0.1:1/x\"}       | 422 | egress: allowed",
                "PUT    | /api/streams/x?keep=true | {\"source\": \"rtsp://[::1]/x\"}            | 422 | egress: allowed",
                "PUT    | /api/streams/x          | {\"source\": \"http://169.254.169.254/x\"}   | 422 | link-local",
                "PUT    | /api/streams/x          | {\"source\": \"/etc/passwd\"}                | 422 | egress: files",
                "PUT    | /api/streams/x          | {\"source\": \"file:../x.mp4\"}              | 422 | egress: files",
                "PUT    | /api/streams/x          | {\"source\": \"camera:/dev/kmsg\"}           | 422 | something else than a camera",
                "PUT    | /api/streams/x          | {\"source\": \"concat:a,b\"}                 | 422 | concat",
                "PUT    | /api/streams/x          | {\"source\": \"publish:\", \"process\": [\"./Stuck.java\"]} | 422 | unknown processor",
                "PATCH  | /api/streams/cam        | {\"source\": \"http://x/${HOME}\"}           | 403 | references",
                "PATCH  | /api/streams/secret     | {\"source\": \"clip.mp4\", \"egress\": \"any\"} | 403 | where a source may lead",
                "PATCH  | /api/config             | {\"egress\": {\"allowed\": [\"::/0\"]}}       | 422 | profile",
                "PATCH  | /api/config             | {\"processors\": [\"./X.java\"]}             | 422 | profile",
                "POST   | /api/probe              | {\"source\": \"rtsp://localhost/x\"}         | 422 | egress: allowed",
                "POST   | /api/probe              | {\"source\": \"http://x/${file:/etc/passwd}\"} | 403 | references",
                "DELETE | /api/streams/nobody     | ``                                          | 404 | nobody",
                "POST   | /api/streams            | {\"source\": \"pattern:\"}                   | 422 | 'name'",
                "PATCH  | /api/streams/cam?keep=1 | {}                                          | 400 | keep is true or false",
            })
    void change_thatCannotBe_isAClearProblem(String method, String path, String body, int status, String says) {
        HttpResponse<String> answer = send(method, path.replace(" ", "%20"), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains(says);
        assertThat(server.streams()).isEqualTo("cam secret");
    }

    @Test
    void change_processorThatNeverGetsReady_isGivenUp_andNothingElseIsTouched() throws IOException {
        Files.writeString(folder.resolve("Stuck.java"), """
                public class Stuck implements dev.sightline.processor.FrameProcessor {
                    public Stuck() throws InterruptedException { new java.util.concurrent.CountDownLatch(1).await(); }
                    public void process(dev.sightline.frame.Frame frame) {}
                }
                """);
        server.save("processors: [./Stuck.java]\n" + FILE);
        Await.until(
                "it is known",
                () -> server.api().json("/api/processors").toString().contains("\"stuck\""));
        HttpResponse<String> answer = send("PATCH", "/api/streams/cam", "{\"process\": [\"stuck\"]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("stream 'cam'", "processor 'stuck' did not get ready within 10 s")
                .contains("the constructor of Stuck does not return; it is at Stuck.java:2");
        assertThat(server.steps("cam")).isEqualTo("motion clock");
        viewer.awaitPicture(viewer.latest().orElseThrow().seq());
        assertThat(send("PATCH", "/api/streams/cam", "{\"process\": [\"flip\"]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void change_bodyOfAnotherType_isRefused() {
        assertThat(server.api()
                        .send("PATCH", "/api/streams/cam", "{}", Map.of("Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Origin: http://elsewhere.example                  | 403",
                "Origin: http://page.example                       | 403",
                "Sec-Fetch-Site: cross-site                        | 403",
                "X-Forwarded-For: 192.0.2.7                        | 403",
                "Forwarded: for=192.0.2.7                          | 403",
                "Via: 1.1 proxy                                    | 403",
                "Origin: http://127.0.0.1:PORT                     | 200",
                "Sec-Fetch-Site: same-origin                       | 200",
            })
    void change_bySomebodyElse_isRefused(String field, int status) throws IOException {
        server.save(FILE.replace("port: 0", "port: 0, allowed-origins: ['http://page.example']"));
        Await.until("it is in force", () -> server.config().path("revision").asInt() > 1);
        assertThat(statusOf("127.0.0.1:" + server.address().getPort(), field)).isEqualTo(status);
    }

    @Test
    void unprocessedFrames_areOnlyForThoseWhoMayChangeThePipeline() throws IOException {
        server.save(FILE + "auth: none\n");
        Await.until("it is in force", () -> server.config().path("revision").asInt() > 1);
        try (WebSocketViewer here = WebSocketViewer.watch(server.address(), "cam", "?processed=false")) {
            assertThat(here.awaitPicture(0).header().path("metadata")).isEmpty();
        }
        AtomicReference<Integer> code = new AtomicReference<>();
        URI address = URI.create("ws://" + server.address().getAuthority() + "/live/cam/ws?processed=false");
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("X-Forwarded-For", "192.0.2.7")
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int closed, String reason) {
                        code.set(closed);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .join();
        Await.until("closed", () -> Integer.valueOf(4403).equals(code.get()));
    }

    @Test
    void change_underAnotherNameOfTheServer_isRefused() throws IOException {
        server.save(FILE.replace("port: 0", "port: 0, allowed-hosts: ['*']"));
        Await.until("it is in force", () -> server.config().path("revision").asInt() > 1);
        assertThat(statusOf("rebound.example:80", "Accept: */*")).isEqualTo(403);
        assertThat(statusOf("localhost:" + server.address().getPort(), "Accept: */*"))
                .isEqualTo(200);
    }

    private int statusOf(String host, String field) throws IOException {
        String body = "{\"max-viewers\": 9}";
        try (RawClient client = new RawClient(
                new InetSocketAddress("127.0.0.1", server.address().getPort()))) {
            client.send("PATCH /api/streams/cam HTTP/1.1\r\nHost: " + host + "\r\n"
                    + field.replace("PORT", Integer.toString(server.address().getPort()))
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return Integer.parseInt(client.readHead().split(" ")[1]);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return server.api().send(method, path, body, body.isEmpty() ? Map.of() : JSON);
    }
}
