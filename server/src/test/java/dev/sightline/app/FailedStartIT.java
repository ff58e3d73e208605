package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that cannot be started says so in one line, and ends with a code, whatever had begun. */
@Timeout(120)
class FailedStartIT {
    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    @TempDir
    private Path folder;

    @Test
    void nativesFolder_cannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertFails(1, "native libraries cannot be loaded from '" + file + "'", cache(file));
    }

    /** As on a disk that is full: what should be unpacked cannot be. */
    @Test
    void nativeLibraries_cannotBeUnpacked() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("natives"));
        for (String jar : CLASS_PATH) {
            if (jar.endsWith(".jar")) {
                Files.writeString(cache.resolve(Path.of(jar).getFileName()), "no folder");
            }
        }
        assertFails(1, "they are unpacked to '" + cache + "': is there room", cache(cache), "pattern:320x240@5");
    }

    /** Early and late, on the main thread and on others. */
    @ParameterizedTest
    @CsvSource({"picocli, picocli", "netty-transport-4, io/netty", "opencv-4, opencv", "netty-codec-http-4, io/netty"})
    void library_missing(String jar, String said) throws Exception {
        String remaining = CLASS_PATH.stream()
                .map(FailedStartIT::withoutManifest)
                .filter(path -> !Path.of(path).getFileName().toString().startsWith(jar))
                .collect(Collectors.joining(File.pathSeparator));
        try (Program program = Program.startOf(remaining, folder, "--port", "0", "--media-port", "0")) {
            assertEnded(program, 1, said);
        }
    }

    /** The program's jar names the libraries beside it, which would be found nevertheless; its classes do not. */
    private static String withoutManifest(String path) {
        Path jar = Path.of(path);
        return jar.endsWith("sightline-server.jar")
                ? jar.resolveSibling("classes").toString()
                : path;
    }

    @Test
    void port_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertFails(2, "port " + taken.getLocalPort(), "--port", String.valueOf(taken.getLocalPort()));
        }
    }

    /** It would be printed above the failure, and the next start would print none. */
    @Test
    void portTaken_whereOthersCanReachTheServer_noPasswordIsMade() throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertFails(2, "port " + port, "-Dsightline.data=" + data, "--host", "0.0.0.0", "--port", port);
        }
        assertThat(data.resolve("auth")).doesNotExist();
    }

    private static String cache(Path path) {
        return "-Dorg.bytedeco.javacpp.cachedir=" + path;
    }

    private void assertFails(int code, String words, String... arguments) throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--media-port";
        all[arguments.length + 1] = "0";
        if (!Arrays.asList(arguments).contains("--port")) {
            all = Arrays.copyOf(all, all.length + 2);
            all[all.length - 2] = "--port";
            all[all.length - 1] = "0";
        }
        try (Program program = Program.start(folder, all)) {
            assertEnded(program, code, words);
        }
    }

    private static void assertEnded(Program program, int code, String words) throws InterruptedException {
        assertThat(program.exit()).as(program.said()).isEqualTo(code);
        assertThat(program.said().lines().filter(line -> line.startsWith("sightline: ")))
                .as(program.said())
                .singleElement()
                .asString()
                .contains(words);
        assertThat(program.said()).doesNotContain("\tat ");
    }
}
