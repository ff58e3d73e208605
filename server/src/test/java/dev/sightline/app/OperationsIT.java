package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.app.configuration.SourceFile;
import dev.sightline.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as whoever operates it meets it: its end, its processors in trouble, and the documents' own programs. */
class OperationsIT {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern SNIPPET = Pattern.compile("```(java|yaml)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void processorsInTrouble_areNamedEverywhere_andHoldUpNoEnd() throws Exception {
        processor("Loop", "if (frame.seq() > 10) { long x = 0; while (true) { x++; } }");
        processor("Closes", "frame.mat().close();");
        processor(
                "Hides",
                "throw new IllegalStateException(\"no model\");",
                "public boolean required() { return true; }");
        Files.writeString(folder.resolve("trouble.yml"), """
                processors: [./Loop.java, ./Closes.java, ./Hides.java]
                streams:
                  loops: {source: 'pattern:64x48@30', process: loop}
                  closes: {source: 'pattern:64x48@30', process: 'closes,clock'}
                  hides: {source: 'pattern:64x48@30', process: hides}
                """);
        try (Program program = Program.start(folder, "--config", "trouble.yml", "--port", "0")) {
            URI address = program.address();
            Await.until("all troubles are told", () -> {
                String told = get(address, "api/streams").body();
                return told.contains("HANGING")
                        && told.contains("processor loop does not finish")
                        && told.split("\"OFF\"", -1).length == 3
                        && told.contains("no picture is shown");
            });
            String told = get(address, "api/streams").body();
            assertThat(told)
                    .contains("processor loop does not finish: busy with one picture since ")
                    .contains("it closed the frame it was lent")
                    .contains("processor hides is off: no model (IllegalStateException at Hides.java:");
            assertThat(get(address, "live/closes/jpeg").statusCode()).isEqualTo(200);
            assertThat(get(address, "live/hides/jpeg").statusCode())
                    .as("never shown")
                    .isEqualTo(503);
            assertThat(get(address, "metrics").body())
                    .contains(
                            "sightline_processor_state{processor=\"loop\",state=\"HANGING\",step=\"1\",stream=\"loops\"} 1")
                    .contains(
                            "sightline_processor_state{processor=\"closes\",state=\"OFF\",step=\"1\",stream=\"closes\"} 1");
            program.await("processor loop is hanging"); // the log comes by a pipe, a little later
            assertThat(program.said())
                    .containsPattern("\\d{4}-\\d\\d-\\d\\d .* stream 'loops': processor loop is hanging")
                    .contains("stream 'closes': processor 'closes' failed")
                    .contains(
                            "stream 'hides': processor 'hides' failed 5 times in 10 s and is off for 30 s; no picture is shown")
                    .doesNotContain("\tat ")
                    .doesNotContain("█");

            program.terminate();
            List<String> answers = answersUntilGone(address);

            assertThat(program.exit()).isZero();
            assertThat(answers)
                    .as("while it stops, which takes some time here, nobody hears that there is no stream")
                    .allMatch(answer ->
                            answer.startsWith("503") || answer.contains("\"loops\"") && answer.endsWith("200"));
            assertThat(program.said())
                    .contains("Stream 'loops' was left behind: loop is hanging")
                    .contains("Ended after");
        }
    }

    @Test
    void cameraThatIsNotThere_asTheOnlySource_isToldInOneLine() throws Exception {
        try (Program program = Program.start(folder, "http://127.0.0.1:1/x", "--port", "0")) {
            program.await("127.0.0.1:1: connection refused: is it switched on, and is the port right?; trying again");
            assertThat(program.said()).doesNotContain("unexpectedly", "\tat ", " at dev.");
        }
    }

    @Test
    void heapExhausted_endsTheProgramWithAMessage() throws Exception {
        processor(
                "Eats",
                "all.add(new byte[1 << 20]);",
                "final java.util.List<byte[]> all = new java.util.ArrayList<>();");
        Files.writeString(folder.resolve("eats.yml"), """
                processors: [./Eats.java]
                streams:
                  cam: {source: 'pattern:64x48@30', process: eats}
                """);
        try (Program program = Program.start(folder, "-Xmx64m", "--config", "eats.yml", "--port", "0")) {
            assertThat(program.exit()).isEqualTo(3);
            assertThat(program.said()).contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        }
    }

    @Test
    void programsOfTheDocuments_compileAndRunAsTheyStand() throws Exception {
        String documents = Files.readString(ROOT.resolve("README.md"))
                + Files.readString(ROOT.resolve("docs/1-start.md")).replace("class Camera", "class StartCamera");
        Map<String, String> programs = SNIPPET.matcher(documents)
                .results()
                .map(found -> found.group(2))
                .filter(text -> CLASS.matcher(text).find())
                .collect(Collectors.toMap(OperationsIT::className, text -> text));
        assertThat(programs).containsKeys("Negative", "Camera", "StartCamera");
        for (Map.Entry<String, String> program : programs.entrySet()) {
            // Another port is all that differs: the document's may be taken here.
            Files.writeString(
                    folder.resolve(program.getKey() + ".java"),
                    program.getValue().replace(".port(5000)", ".port(0)"));
        }
        String configuration = SNIPPET.matcher(documents)
                .results()
                .map(found -> found.group(2))
                .filter(text -> text.contains("./Negative.java"))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("sightline.yml"), configuration);

        for (String name : programs.keySet()) {
            SourceFile.of(folder.resolve(name + ".java")).compile();
        }
        try (Program check = Program.start(folder, "check", "sightline.yml");
                Program camera = Program.start(folder, "run", "Camera.java")) {
            assertThat(check.exit()).as(check.said()).isZero();
            // Its main returns after start(): it prints its addresses, and stays.
            assertThat(get(camera.address(), "health").statusCode()).isEqualTo(200);
            camera.await("/live/camera  camera:0 through faces, clock");
            camera.terminate();
            assertThat(camera.exit()).isZero();
        }
    }

    /** What pages are told that ask again and again, over connections that are open already. */
    private List<String> answersUntilGone(URI address) {
        List<String> answers = new ArrayList<>();
        try {
            while (true) {
                HttpResponse<String> list = get(address, "api/streams");
                answers.add(list.statusCode()
                        + list.body()
                        + get(address, "api/streams/loops").statusCode());
            }
        } catch (UncheckedIOException gone) {
            return answers;
        }
    }

    private static String className(String text) {
        return CLASS.matcher(text).results().findFirst().orElseThrow().group(1);
    }

    private void processor(String name, String body, String... members) throws IOException {
        Files.writeString(
                folder.resolve(name + ".java"),
                "public final class " + name + " implements dev.sightline.processor.FrameProcessor {\n"
                        + String.join("\n", members) + "\npublic void process(dev.sightline.frame.Frame frame) {\n"
                        + body
                        + "\n}\n}\n");
    }

    private HttpResponse<String> get(URI address, String path) {
        try {
            return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
