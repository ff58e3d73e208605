package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.app.ApiRequests.Described;
import dev.sightline.app.ApiRequests.Sent;
import dev.sightline.testkit.OpenApiValidator;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent to the API, its answer is one that the API's description names, and never a fault of the server. 10 requests
 * for each operation; with {@code -Dsightline.long=true} 100.
 */
class ApiFuzzIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final int ROUNDS = LONG ? 100 : 15;
    /** Operations that no request of the short run may have been right for. */
    private static final int MOST_IN_VAIN = 3;

    private static final long SEED = Long.getLong("sightline.seed", 2);
    /** After so many requests the stream is as it was: earlier ones may have left little to work on. */
    private static final int AS_IT_WAS = 4;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = """
            http: {port: 0}
            streams:
              cam: {source: 'pattern:160x120@15', process: [clock]}
              other: {source: 'pattern:160x120@15', process: [flip, {motion: {bottom: 0.9}}]}
            profiles:
              night: {other: {process: grayscale}}
            """;

    /** Of streams only those with which nothing else is done. No source leads out of this computer. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "{name}", List.of("other", "other", "other", "new"),
            "name", List.of("new", "newer", "newest"),
            "source", List.of("pattern:160x120@15", "publish:", "mirror:", "pattern:"),
            "process", List.of("flip", "clock", "text"),
            "client-processors", List.of("flip", "clock,edges"),
            "{step}", List.of("0", "1", "flip", "clock", "text"),
            "profile", List.of("night"));

    /** Nobody sends, there is no certificate, and so on. */
    private static final Set<String> NEEDING_MORE = Set.of(
            "disconnectViewer",
            "readPublisher",
            "disconnectPublisher",
            "readCertificate",
            "readPhoneQrCode",
            "readSession",
            "releaseStream",
            "probeSource",
            "login",
            "enterByShareLink",
            "endLogin",
            "putUser",
            "removeUser",
            "removeToken",
            "unshare");

    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");

    @TempDir
    private Path folder;

    private LiveServer server;
    private JsonNode document;
    private OpenApiValidator validator;
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = LiveServer.start(folder, FILE);
        document = server.api().json("/api/openapi.json");
        validator = new OpenApiValidator(document);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anyRequest_getsAnAnswerOfTheDescription() throws IOException {
        ApiRequests requests = new ApiRequests(document, SEED, WORDS);
        Set<String> succeeded = new TreeSet<>(NEEDING_MORE);
        try (WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            viewer.awaitPicture(0);
            for (int round = 0; round < ROUNDS; round++) {
                int sent = 0;
                for (Described operation : requests.shuffled()) {
                    if (sent++ % AS_IT_WAS == 0) {
                        restore();
                    }
                    if (judge(requests.next(operation)) / 100 == 2) {
                        succeeded.add(operation.id());
                    }
                }
            }
            faults.addAll(validator.faults());
            assertThat(faults).as("seed %d", SEED).isEmpty();
            Set<String> never = new TreeSet<>(
                    requests.operations().stream().map(Described::id).toList());
            never.removeAll(succeeded);
            // In few rounds, chance may leave out one or another.
            assertThat(never).hasSizeLessThanOrEqualTo(LONG ? 0 : MOST_IN_VAIN);
            viewer.awaitPicture(viewer.latest().orElseThrow().seq() + 3);
            assertThat(viewer.closeCode()).isEmpty();
        }
        assertThat(server.problems())
                .as("of the file, into which changes were written")
                .isEqualTo("[]");
        assertThat(server.api().stream("cam").path("state").asString()).isEqualTo("LIVE");
        try (WebSocketViewer late = WebSocketViewer.watch(server.address(), "cam")) {
            late.awaitPicture(0);
        }
    }

    @Test
    void methods_thatAreNotDescribed_areNotServed() throws IOException {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                if (!path.getValue().has(method.toLowerCase(Locale.ROOT))) {
                    String target = path.getKey().replaceAll("\\{\\w+}", "1");
                    Sent sent =
                            new Sent(new Described(method, path.getKey(), document), target, List.of(), new byte[0]);
                    assertThat(answer(sent)).as("%s %s", method, target).contains(" 405 ", "\r\nAllow: ");
                }
            }
        }
    }

    private void restore() {
        String stream =
                "{\"source\": \"pattern:160x120@15\", \"process\": [\"flip\", {\"motion\": {\"bottom\": 0.9}}]}";
        assertThat(server.api()
                        .send("PUT", "/api/streams/other", stream, Map.of("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Sends it, and judges the answer. */
    private int judge(Sent sent) throws IOException {
        String answer;
        try {
            answer = answer(sent);
        } catch (IOException e) {
            faults.add(sent + ": no answer, " + e);
            return 0;
        }
        int end = answer.indexOf("\r\n\r\n");
        var status = STATUS.matcher(answer);
        if (end < 0 || !status.find()) {
            faults.add(sent + ": no answer");
            return 0;
        }
        String code = status.group(1);
        String body = answer.substring(end + 4);
        String wrong = wrong(sent, code, answer.substring(0, end), body);
        if (!wrong.isEmpty()) {
            faults.add(sent + ": " + code + " " + wrong + " " + body);
        }
        return Integer.parseInt(code);
    }

    /** What is wrong with an answer; empty if nothing is, but for its content, which the validator judges. */
    private String wrong(Sent sent, String status, String head, String body) {
        if (status.startsWith("5")) {
            return "is a fault of the server";
        }
        String pointer = sent.operation().pointer() + "/responses/" + status;
        if (document.at(pointer).isMissingNode()) {
            return "is not described";
        }
        if (document.at(pointer).has("$ref")) {
            pointer = document.at(pointer).path("$ref").asString().substring(1);
        }
        for (String name : List.of("ETag", "Location")) {
            if (field(head, name).isPresent()
                    && !document.at(pointer).path("headers").has(name)) {
                return name + " is not described";
            }
        }
        JsonNode content = document.at(pointer).path("content");
        String type = field(head, "Content-Type").orElse("").replaceFirst(";.*", "");
        if (content.isEmpty() ? !body.isEmpty() : !content.has(type)) {
            return "has content of type '" + type + "', which is not described";
        }
        if (type.endsWith("json")) {
            try {
                String schema = pointer + "/content/" + type.replace("/", "~1") + "/schema";
                validator.add(sent + ": " + status + " " + body, schema, JSON.readTree(body));
            } catch (JacksonException e) {
                return "is not JSON";
            }
        }
        return "";
    }

    private static Optional<String> field(String head, String name) {
        var field = Pattern.compile("(?im)^" + name + ": *(.*)$").matcher(head);
        return field.find() ? Optional.of(field.group(1).strip()) : Optional.empty();
    }

    /** The whole answer, or the head of an endless one. */
    private String answer(Sent sent) throws IOException {
        String host = "127.0.0.1:" + server.address().getPort();
        try (RawClient client = new RawClient(
                new InetSocketAddress("127.0.0.1", server.address().getPort()))) {
            client.send(sent.bytes(host));
            String head = client.readHead();
            String answer = head.contains("text/event-stream") ? head : head + client.readAll();
            return new String(answer.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
