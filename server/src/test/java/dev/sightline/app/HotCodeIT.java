package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor's Java file is edited while its stream is watched. */
class HotCodeIT {
    private static final int SWAPS = Boolean.getBoolean("sightline.long") ? 500 : 12;

    private static final String CONFIG = """
            http: {port: 0}
            processors: [./Mark.java]
            streams:
              cam: {source: 'pattern:160x120@30', process: mark}
            """;

    private static final String MARK = """
            import dev.sightline.frame.Frame;
            import dev.sightline.processor.StatefulProcessor;
            import java.util.Map;

            public final class Mark implements StatefulProcessor {
                private final byte[] ballast = new byte[100_000];
                private long count;
                public boolean changesPicture() { return false; }
                public void process(Frame frame) {
                    frame.metadata().put("mark", "VERSION");
                    frame.metadata().put("count", ++count);
                }
                public Map<String, Object> saveState() { return Map.of("count", count); }
                public void restoreState(Map<String, Object> state) { count = (long) state.get("count"); }
            }
            """;

    @TempDir
    private Path folder;

    private LiveServer server;
    private WebSocketViewer viewer;

    @BeforeEach
    void start() throws IOException {
        save("first");
        server = LiveServer.start(folder, CONFIG);
        viewer = WebSocketViewer.watch(server.address(), "cam");
        awaitMark("first");
    }

    @AfterEach
    void stop() {
        assertThat(viewer.closeCode()).as("the viewer stayed").isEmpty();
        viewer.close();
        server.close();
    }

    @Test
    void save_anotherVersion_isInTheNextFrames_withItsState() throws IOException {
        long before = count();
        save("second");

        awaitMark("second");
        assertThat(before).isPositive();
        assertThat(count()).as("it goes on counting").isGreaterThan(before);
    }

    @Test
    void save_versionThatDoesNotCompile_leavesTheOldOneRunning_andSaysWhy() throws IOException {
        Files.writeString(folder.resolve("Mark.java"), MARK.replace("private long count;", "private long count"));

        Await.until("the compiler's message", () -> server.problems().contains("';' expected"));
        assertThat(server.problems()).contains("Mark.java", "7");
        viewer.awaitPicture(viewer.latest().orElseThrow().seq());
        awaitMark("first");

        Files.writeString(
                folder.resolve("Mark.java"),
                MARK.replace("private long count;", "private long count = Long.parseLong(\"none\");"));
        Await.until("the constructor's message", () -> server.problems().contains("NumberFormatException"));
        awaitMark("first");

        save("mended");
        awaitMark("mended");
        Await.until("no problems", () -> server.problems().equals("[]"));
    }

    @Test
    void save_manyVersions_freesTheOldOnes() throws IOException {
        int before = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        for (int i = 0; i < SWAPS; i++) {
            save("swap" + i);
            awaitMark("swap" + i);
        }
        Await.until("the old versions are freed", () -> {
            System.gc();
            return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - before < SWAPS / 2 + 100;
        });
        assertThat(ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount())
                .isGreaterThan(SWAPS / 2);
    }

    private void save(String version) throws IOException {
        Files.writeString(folder.resolve("Mark.java"), MARK.replace("VERSION", version));
    }

    private long count() {
        return viewer.metadata().path("count").asLong();
    }

    private void awaitMark(String version) {
        Await.until(
                "frames of version " + version,
                () -> viewer.metadata().path("mark").asString("").equals(version));
    }
}
