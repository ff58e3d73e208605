package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program's Java file is edited while its stream is watched: {@code sightline run --watch}. */
class WatchedProgramIT {
    private static final int SWAPS = Boolean.getBoolean("sightline.long") ? 500 : 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** It ends the process when its command line is done, as the examples do: only the newest version may. */
    private static final String TEXT = """
            import dev.sightline.Sightline;
            import dev.sightline.SightlineServer;
            import dev.sightline.frame.Frame;
            import dev.sightline.processor.StatefulProcessor;
            import java.lang.management.ManagementFactory;
            import java.util.Map;
            import java.util.concurrent.Callable;
            import javax.management.JMException;
            import javax.management.ObjectName;
            import picocli.CommandLine.Command;
            import picocli.CommandLine.Parameters;

            @Command(name = "Watched")
            public final class Watched implements Callable<Integer> {
                @Parameters private String word = "";
                private final byte[] ballast = new byte[100_000];

                public static void main(String[] args) {
                    System.exit(Sightline.run(new Watched(), args));
                }

                public Integer call() throws Exception {
                    // BEFORE
                    try (SightlineServer server = Sightline.server().port(0).webRtcPort(0)
                            .page("/page", "page.html", () -> Map.of("VERSION", "one " + word, "VERSIONS", versions()))
                            .stream("cam", s -> s.source("pattern:160x120@30").process("mark", Mark::new).process("clock"))
                            // STREAMS
                            .start()) {
                        System.out.println("It is up. Open " + server.address());
                        // AFTER
                        server.awaitClose();
                    }
                    return 0;
                }

                /** How many versions of this program are in memory. */
                static String versions() {
                    try {
                        Object histogram = ManagementFactory.getPlatformMBeanServer().invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram", new Object[] {null}, new String[] {String[].class.getName()});
                        return histogram.toString().lines()
                                .filter(line -> line.contains("dev.sightline.app.ProgramVersion (") || line.endsWith("dev.sightline.app.ProgramVersion"))
                                .map(line -> line.strip().split("\\s+")[1]).findFirst().orElse("none");
                    } catch (JMException e) {
                        throw new IllegalStateException(e);
                    }
                }

                static final class Mark implements StatefulProcessor {
                    private long count;
                    public boolean changesPicture() { return false; }
                    public void process(Frame frame) {
                        frame.metadata().put("mark", "one");
                        frame.metadata().put("count", ++count);
                    }
                    public Map<String, Object> saveState() { return Map.of("count", count); }
                    public void restoreState(Map<String, Object> state) { count = (long) state.get("count"); }
                }
            }
            """;

    private static final String RUNS = "Watched.java was saved, and runs.";

    @TempDir
    private static Path folder;

    private static Program program;
    private static Api api;
    private static String saved = "";
    private WebSocketViewer viewer;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("page.html"), "##VERSION##; versions=##VERSIONS##");
        save(TEXT);
        program = Program.start(folder, "run", "--watch", "Watched.java", "word");
        api = new Api(program.address());
    }

    /** Each begins with the version that the program was started with. */
    @BeforeEach
    void watch() throws IOException {
        if (!saved.equals(TEXT)) {
            save(TEXT);
        }
        viewer = WebSocketViewer.watch(program.address(), "cam");
        awaitMark("one");
        Await.until("no problems", () -> problems().equals("[]"));
    }

    @AfterEach
    void leave() {
        viewer.close();
    }

    @AfterAll
    static void stop() {
        program.terminate();
        program.close();
    }

    @Test
    void save_anotherVersion_swapsProcessorsStreamsAndPages_withTheirViewers() throws IOException {
        long before = count();
        long runs = runs();
        save(TEXT.replace("\"one", "\"two")
                .replace("// STREAMS", ".stream(\"more\", s -> s.source(\"pattern:64x48@30\"))"));

        awaitMark("two");
        assertThat(count()).as("it goes on counting").isGreaterThan(before);
        assertThat(page()).startsWith("two word;");
        assertThat(api.json("/api/streams").toString()).contains("\"more\"");
        Await.until(RUNS, () -> runs() > runs);

        save(TEXT.replace("\"one", "\"three"));
        awaitMark("three");
        assertThat(page()).startsWith("three word;");
        assertThat(api.json("/api/streams").toString()).doesNotContain("\"more\"");
        assertStayed();
    }

    @Test
    void save_versionThatDoesNotCompileOrStart_leavesTheOldOneRunning_andSaysWhy() throws IOException {
        refused(TEXT.replace("private long count;", "private long count"), "line 51: ';' expected");
        refused(
                TEXT.replace("// BEFORE", "Integer.parseInt(\"none\");"),
                "For input string: \\\"none\\\" (NumberFormatException at Watched.java:23)");
        refused(TEXT.replace("\"clock\"", "\"clocks\""), "unknown processor 'clocks', did you mean 'clock'?");
        refused(TEXT.replace("// STREAMS", ".port(70000)"), "Watched.java:28");
        refused(TEXT.replace("Mark::new", "() -> { throw new IllegalStateException(\"no model\"); }"), "no model");
        refused(TEXT.replace("private String word = \"\"", "private Integer word = 0"), "'word' is not an int");

        save(TEXT.replace("\"one", "\"mended"));
        awaitMark("mended");
        Await.until("no problems", () -> problems().equals("[]"));
        assertStayed();
    }

    @Test
    void save_versionThatFailsAfterItsStart_bringsTheOldOneBack() throws IOException {
        refused(
                TEXT.replace("\"one", "\"two").replace("// AFTER", "System.out.println(1 / (word.length() - 4));"),
                "/ by zero (ArithmeticException at Watched.java:");
        awaitMark("one");
        assertThat(page()).startsWith("one word;");
        assertStayed();
    }

    @Test
    void save_secondServer_isStarted_andClosedWhenItIsNotStartedAnyMore() throws IOException {
        save(TEXT.replace(
                "// AFTER",
                "System.out.println(\"other \" + Sightline.server().port(0).webRtcPort(0).start().address());"));
        Api other = new Api(URI.create(program.await("other http").substring("other ".length())));
        assertThat(other.json("/api/streams")).isEmpty();

        save(TEXT.replace("\"one", "\"two"));
        program.await("is closed: Watched.java starts it no more.");
        Await.until("its port is closed", () -> !answers(other));
        awaitMark("two");
        assertStayed();
    }

    @Test
    void save_manyVersions_freesTheOldOnes() throws IOException {
        for (int i = 0; i < SWAPS; i++) {
            save(TEXT.replace("\"one", "\"swap" + i));
            awaitMark("swap" + i);
        }
        Await.until("the old versions are freed: " + page(), PATIENCE, () -> page().endsWith("versions=1"));
        assertStayed();
    }

    private void refused(String text, String words) throws IOException {
        save(text);
        Await.until("the problem " + words, PATIENCE, () -> problems().contains(words));
        viewer.awaitPicture(viewer.latest().orElseThrow().seq());
        awaitMark("one");
    }

    private void assertStayed() {
        assertThat(viewer.closeCode()).as("the viewer stayed").isEmpty();
    }

    private static void save(String text) throws IOException {
        saved = text;
        LiveServer.save(folder.resolve("Watched.java"), text);
    }

    /** How often the program has said that it runs another version. */
    private static long runs() {
        return program.said().lines().filter(line -> line.contains(RUNS)).count();
    }

    private static boolean answers(Api server) {
        try {
            return !server.json("/api/streams").isNull();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static String page() {
        return api.send("GET", "/page", "", Map.of()).body();
    }

    private static String problems() {
        return api.json("/api/config").path("problems").toString();
    }

    private long count() {
        return viewer.metadata().path("count").asLong();
    }

    private void awaitMark(String version) {
        Await.until(
                "frames of version " + version + "; " + program.said(),
                PATIENCE,
                () -> viewer.metadata().path("mark").asString("").equals(version));
    }
}
