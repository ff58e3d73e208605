package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    private static final String NONE = "none";

    @TempDir
    private Path root;

    private final AtomicReference<Set<Path>> watched = new AtomicReference<>(Set.of());
    private final AtomicReference<String> seen = new AtomicReference<>(NONE);
    private Path folder;
    private Path file;
    private ConfigWatch watch;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(root.resolve("folder"));
        file = Files.writeString(folder.resolve("sightline.yml"), "first");
        watched.set(Set.of(file));
        watch = ConfigWatch.start(watched::get, this::read);
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void change_fileThatIsRenamedOver_isSeen() throws IOException {
        Path fresh = Files.writeString(folder.resolve("sightline.yml.tmp"), "other");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        awaitSeen("other");
    }

    @Test
    void change_fileThatIsWrittenInPlace_isSeen() throws IOException {
        Files.writeString(file, "second");
        awaitSeen("second");
        Files.writeString(file, "secnod");
        awaitSeen("secnod");
    }

    @Test
    void change_fileThatGoesAndComesBack_isSeen() throws IOException {
        Files.delete(file);
        awaitSeen("");
        Files.writeString(file, "back");
        awaitSeen("back");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void change_linkThatKubernetesSwaps_isSeen() throws IOException {
        Path mount = Files.createDirectories(root.resolve("mount"));
        Files.writeString(Files.createDirectories(mount.resolve("..v1")).resolve("sightline.yml"), "one");
        Files.writeString(Files.createDirectories(mount.resolve("..v2")).resolve("sightline.yml"), "two");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..v1"));
        file = Files.createSymbolicLink(mount.resolve("sightline.yml"), Path.of("..data/sightline.yml"));
        watched.set(Set.of(file));
        awaitSeen("one");

        Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..v2"));
        Files.move(
                swapped, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        awaitSeen("two");
    }

    @Test
    void change_folderThatVanishesAndComesBack_isSeen() throws IOException {
        Files.delete(file);
        Files.delete(folder);
        awaitSeen("");
        Files.createDirectory(folder);
        Files.writeString(file, "back");
        awaitSeen("back");
        Files.writeString(file, "again");
        awaitSeen("again");
    }

    @Test
    void change_folderThatAnotherReplaces_isSeen() throws IOException {
        Path next = Files.createDirectories(root.resolve("next"));
        Files.writeString(next.resolve("sightline.yml"), "other folder");
        Files.move(folder, root.resolve("old"));
        Files.move(next, folder);
        awaitSeen("other folder");
        Files.writeString(file, "written later");
        awaitSeen("written later");
    }

    @Test
    void change_fileThatIsWatchedFromNowOn_isSeen() throws IOException {
        Path second = root.resolve("Mine.java");
        watched.set(Set.of(file, second));
        awaitSeen("first");
        seen.set(NONE);
        Files.writeString(second, "class Mine {}");
        awaitSeen("first");
    }

    @Test
    void close_endsItsThread_andSeesNoMore() throws IOException {
        watch.close();
        Await.until(
                "its thread has ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("sightline-configuration-watch")));
        Files.writeString(file, "late");
        assertThat(seen).hasValue(NONE);
    }

    private void read() {
        try {
            seen.set(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            seen.set(e.toString());
        }
    }

    private void awaitSeen(String text) {
        Await.until("a look at '" + text + "'", () -> seen.get().equals(text));
    }
}
