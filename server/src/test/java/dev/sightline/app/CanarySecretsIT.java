package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.WebSocketViewer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A secret of its own stands in every place where one can be configured; everything is exercised that fails, is asked for or is
 * said, with the most detailed log; and none of them is found in anything that leaves the program.
 */
class CanarySecretsIT {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String CANARY = "c4nAry%02dQz";
    private static final Pattern MARK = Pattern.compile("C(\\d\\d)");
    private static final int CANARIES = 43;

    /** What stands for each canary, by its number. */
    private static final Map<Integer, List<String>> FORMS = IntStream.rangeClosed(1, CANARIES)
            .boxed()
            .collect(Collectors.toMap(number -> number, CanarySecretsIT::forms));

    /** Cnn stands for the canary of that number, PORT for the camera's port. */
    private static final String STREAMS = """
            streams:
              basic: {source: 'http://C01:C02@127.0.0.1:PORT/basic'}
              digest: {source: 'http://eve:C03@127.0.0.1:PORT/digest'}
              query: {source: 'http://127.0.0.1:PORT/video?token=C04&pwd=C05'}
              redirect: {source: 'http://eve:C06@127.0.0.1:PORT/redirect'}
              rtsp-basic: {source: 'rtsp://C07:C08@127.0.0.1:PORT/basic'}
              rtsp-digest: {source: 'rtsp://eve:C09@127.0.0.1:PORT/digest?password=C10'}
              rtsp-redirect: {source: 'rtsp://eve:C11@127.0.0.1:PORT/redirect'}
              rtsp-video: {source: 'rtsp://eve:C12@127.0.0.1:PORT/video/${ENV13}'}
              encoded: {source: 'http://eve:a%40%2F%2BC14@127.0.0.1:PORT/basic'}
              environment: {source: 'http://eve:${ENV15}@127.0.0.1:PORT/basic/${ENV16}/x?plain=${ENV17}'}
              file: {source: 'http://127.0.0.1:PORT/video/${file:secret18}/x'}
              credential: {source: 'rtsp://127.0.0.1:PORT/video/${credential:secret19}'}
              absent: {source: 'no-clip-${ENV20}.mp4'}
              shown: {source: 'pattern:64x48@10', process: [text: {text: '${ENV21}'}]}
              shorthand: {source: 'pattern:64x48@10', process: 'text:text=${ENV22}'}
              code: {source: 'pattern:64x48@10', process: [throws-it: {key: '${ENV23}'}]}
              refused: {source: 'http://eve:C24@127.0.0.9:1/x', on-demand: false}
              nowhere: {source: 'rtsp://eve:C25@no-such-host.invalid/x?key=C26'}
            profiles:
              night:
                basic: {source: 'http://eve:C27@127.0.0.1:PORT/basic/${ENV28}'}
            egress: {allowed: [127.0.0.0/8]}
            processors: [./ThrowsIt.java]
            auth: {mode: none, tokens: {program: {token: token-of-C41-long, may: [watch basic]}}}
            """;

    private static final String CODE = """
            import dev.sightline.processor.FrameProcessor;
            import dev.sightline.processor.Parameter;
            import dev.sightline.processor.ProcessorFactory;

            public final class ThrowsIt implements ProcessorFactory<ThrowsIt.Parameters> {
                public record Parameters(@Parameter("A key.") String key) {}
                public String name() { return "throws-it"; }
                public String description() { return "Throws."; }
                public Class<Parameters> parameters() { return Parameters.class; }
                public FrameProcessor create(Parameters parameters) {
                    return frame -> { throw new IllegalStateException("the key " + parameters.key() + " is wrong"); };
                }
            }
            """;

    /** Each replaces the streams by something wrong. */
    private static final List<String> BROKEN = List.of(
            "http: {port: 'rtsp://eve:C29@cam/x'}",
            "streams:\n  a: {source: rtsp://eve:C30@cam:}",
            "streams: {a: {source: 'rtsp://eve:C31@cam:70000/y'}}",
            "streams: {a: {source: 'patern://eve:C32@cam/y'}}",
            "streams: {a: {source: 'publish:', loop: '${ENV33}'}}",
            "streams: {a: {source: 'publish:', process: [{'http://eve:C34@cam/x': 1}]}}",
            "http: {tls: 'certificate.pem,key35.pem'}",
            "password: C36:",
            "streams: {a: {source: 'http://eve:C37 @cam/x'}}",
            "auth: {tokens: {a: {token: token-of-C42-long, may: [wach]}}}",
            "auth: {tokens: {a: {token: C43}}}");

    /** In the short run {@code sightline check}, a process each, looks at every third of them. */
    private static final List<String> CHECKED = IntStream.range(0, BROKEN.size())
            .filter(i -> Boolean.getBoolean("sightline.long") || i % 3 == 0)
            .mapToObj(BROKEN::get)
            .toList();

    @TempDir
    private Path folder;

    private final Map<String, String> outputs = new ConcurrentHashMap<>();

    @Test
    void secrets_everywhere_leaveTheProgramNowhere() throws Exception {
        try (TalkativeCamera camera = TalkativeCamera.start()) {
            String text = filled(STREAMS, camera);
            write(text);
            try (Program program =
                    Program.startWith(environment(), folder, "--config", "sightline.yml", "--port", "0")) {
                Api api = new Api(program.address());
                Thread events = collectEvents(program.address());
                Await.until(
                        "every camera was tried, most of them by the shared worker",
                        Duration.ofSeconds(60),
                        () -> reasons(api) >= 14 && !camera.landed().isEmpty());
                assertThat(camera.landed()).noneMatch(request -> request.contains("Authorization"));
                assertThat(camera.authorized()).hasSizeGreaterThan(5);

                read(api, "at first");
                watch(program.address());
                look(program.address());
                change(api, camera);
                breakIt(api, camera);
                write(text);
                read(api, "at last");

                processes(program);
                outputs.put("log", program.said());
                events.interrupt();
            }
        }
        outputs.forEach((where, output) -> assertThat(canariesIn(output))
                .as(() -> where + ":\n" + lines(output))
                .isEmpty());
        assertThat(outputs.get("log"))
                .as("FFmpeg's own lines are there, and the program's")
                .contains(" debug ", " warning ", "method DESCRIBE failed");
        assertThat(outputs.get("at first /api/streams/environment")).contains("${ENV16}", "***@127.0.0.1");
        assertThat(outputs.get("at first /api/streams/shown")).contains("${ENV21}");
    }

    @Test
    void search_outputWithSecrets_findsEachInEachOfItsForms() {
        assertThat(canariesIn(numbered(STREAMS))).contains(1, 2, 12, 27).doesNotContain(13);
        assertThat(canariesIn(environment().toString())).contains(13, 15, 28, 33);
        assertThat(canariesIn("Authorization: Basic "
                        + Base64.getEncoder().encodeToString(("eve:" + canary(3)).getBytes(StandardCharsets.UTF_8))))
                .containsExactly(3);
    }

    private void read(Api api, String when) {
        JsonNode addresses = api.json("/api");
        Set<String> paths = new TreeSet<>(List.of("/", "/metrics", "/health", "/api/streams", "/nothing", "/live/x"));
        addresses.propertyNames().forEach(paths::add);
        for (JsonNode stream : api.json("/api/streams").values()) {
            String name = stream.path("name").asString();
            paths.addAll(List.of("/api/streams/" + name, "/api/streams/" + name + "/process", "/live/" + name));
        }
        paths.removeIf(path -> path.contains("{") || path.endsWith("/events"));
        for (String path : paths) {
            get(api, when, path);
        }
    }

    private void get(Api api, String when, String path) {
        keep(when + " " + path, api.send("GET", path, "", Map.of()));
    }

    private void keep(String where, HttpResponse<String> answer) {
        outputs.put(where, answer.headers().map() + "\n" + answer.body());
    }

    /** What viewers are told of streams that do not come. */
    private void watch(URI server) {
        for (String name : List.of("environment", "rtsp-basic", "absent", "code")) {
            try (WebSocketViewer viewer = WebSocketViewer.watch(server, name)) {
                Await.until("a state of " + name, () -> !viewer.messages().isEmpty() || viewer.count() > 0);
                outputs.put(
                        "websocket " + name,
                        viewer.messages() + " " + viewer.latest().map(shown -> shown.header()));
            }
        }
    }

    private void look(URI server) {
        try (Browser browser = Browser.start()) {
            for (String path : List.of("/", "/live/environment", "/studio/code", "/studio/shown")) {
                Page page = browser.page(900, 700);
                page.navigate(server.resolve(path).toString());
                page.waitForFunction("document.body.innerText.length > 40");
                outputs.put("page " + path, page.content() + page.innerText("body"));
            }
        }
    }

    private void change(Api api, TalkativeCamera camera) {
        String body = filled("{'name': 'new', 'source': 'http://eve:C38@127.0.0.1:PORT/basic'}", camera);
        send(api, "POST", "/api/streams", body, 201);
        send(api, "POST", "/api/streams", body, 409);
        String kept = api.json("/api/streams/environment").path("settings").toString();
        send(api, "PUT", "/api/streams/environment", kept, 200);
        send(api, "PATCH", "/api/streams/environment", "{'source': 'http://x/${ENV15}'}", 403);
        send(api, "PATCH", "/api/streams/shown/process/text", "{'text': '${HOME}'}", 403);
        send(api, "PATCH", "/api/streams/shown?keep=true", "{'max-viewers': 7}", 200);
        send(api, "PUT", "/api/streams/wrong", filled("{'source': 'rtsp://eve:C39@cam:70000/y'}", camera), 422);
        send(api, "POST", "/api/probe", filled("{'source': 'rtsp://eve:C40@127.0.0.1:PORT/digest'}", camera), 422);
        send(api, "PATCH", "/api/config", "{'profile': 'night'}", 200);
        read(api, "at night");
        send(api, "PATCH", "/api/config", "{'profile': null}", 200);
        assertThat(content("sightline.yml")).as("references survive").contains("max-viewers: 7", "'${ENV21}'");
    }

    private void send(Api api, String method, String path, String body, int status) {
        var answer = api.send(method, path, body.replace('\'', '"'), JSON);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(status);
        keep(method + " " + path + " " + status + " " + outputs.size(), answer);
    }

    private void breakIt(Api api, TalkativeCamera camera) throws IOException {
        Files.writeString(folder.resolve("certificate.pem"), canary(35));
        Files.writeString(folder.resolve("key35.pem"), "-----BEGIN PRIVATE KEY-----\n" + canary(35) + "\n");
        for (String broken : BROKEN) {
            String before = api.json("/api/config").path("problems").toString();
            write(filled(broken, camera));
            Await.until("refused: " + broken, () -> {
                String now = api.json("/api/config").path("problems").toString();
                return !now.equals("[]") && !now.equals(before);
            });
            get(api, "broken by " + broken, "/api/config");
            if (CHECKED.contains(broken)) {
                outputs.put("check of " + broken, check());
            }
        }
    }

    private String check() throws IOException {
        try (Program program = Program.startWith(environment(), folder, "check", "sightline.yml")) {
            assertThat(program.exit()).isEqualTo(2);
            return program.said();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The command lines and thread names of the program and its children, as everybody on this computer may read them. */
    private void processes(Program program) throws IOException {
        StringBuilder all = new StringBuilder();
        List<ProcessHandle> handles =
                new ArrayList<>(program.handle().descendants().toList());
        handles.add(program.handle());
        for (ProcessHandle handle : handles) {
            Path process = Path.of("/proc", Long.toString(handle.pid()));
            all.append(Files.readString(process.resolve("cmdline")));
            try (var threads = Files.list(process.resolve("task"))) {
                for (Path thread : threads.toList()) {
                    all.append(Files.exists(thread) ? Files.readString(thread.resolve("comm")) : "");
                }
            }
        }
        outputs.put("processes", all.toString());
        assertThat(all).contains("dev.sightline.app.Main", "sightline-http");
    }

    private Thread collectEvents(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.getOutputStream()
                .write(("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Thread thread = new Thread(() -> {
            StringBuilder all = new StringBuilder();
            try (socket) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (int next = in.read(); next >= 0; next = in.read()) {
                    all.append((char) next);
                    if (next == '\n') {
                        outputs.put("events", all.toString());
                    }
                }
            } catch (IOException ended) {
                // With the server.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static long reasons(Api api) {
        return api.json("/api/streams")
                .valueStream()
                .filter(stream -> !stream.path("reason").asString("").isEmpty())
                .count();
    }

    private Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SIGHTLINE_LOG", "debug");
        all.put("CREDENTIALS_DIRECTORY", String.valueOf(folder));
        for (int i = 1; i <= CANARIES; i++) {
            all.put("ENV" + i, canary(i));
        }
        return all;
    }

    /** Saves the configuration, and the files that it takes values from. */
    private void write(String text) throws IOException {
        for (int number : List.of(18, 19)) {
            Files.writeString(folder.resolve("secret" + number), canary(number));
        }
        Files.writeString(folder.resolve("ThrowsIt.java"), CODE);
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, folder.resolve("sightline.yml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String content(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String filled(String text, TalkativeCamera camera) {
        return numbered(text).replace("PORT", Integer.toString(camera.port()));
    }

    private static String numbered(String text) {
        return MARK.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(canary(Integer.parseInt(mark.group(1)))));
    }

    private static String canary(int number) {
        return String.format(CANARY, number);
    }

    /** The numbers of the canaries in a text, also as Basic sends them with the users of this test. */
    private static Set<Integer> canariesIn(String text) {
        Set<Integer> found = new TreeSet<>();
        FORMS.forEach((number, forms) -> {
            if (forms.stream().anyMatch(text::contains)) {
                found.add(number);
            }
        });
        return found;
    }

    private static List<String> forms(int number) {
        List<String> forms = new ArrayList<>(List.of(canary(number)));
        for (String user : List.of("eve", canary(1), canary(7))) {
            byte[] pair = (user + ":" + canary(number)).getBytes(StandardCharsets.UTF_8);
            forms.add(Base64.getEncoder().encodeToString(pair));
        }
        return forms;
    }

    /** Those with a canary. */
    private static String lines(String output) {
        return String.join(
                "\n",
                output.lines()
                        .filter(line -> !canariesIn(line).isEmpty())
                        .map(line -> line.substring(0, Math.min(400, line.length())))
                        .toList());
    }
}
