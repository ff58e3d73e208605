package dev.sightline.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes of the packaged server and of the compiler, archived as {@code ./sightline} archives them: a program that starts
 * with it needs a third less of a processor. One is made for each JDK and each build, by the first who asks.
 */
final class ClassArchive {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Anything that has to be compiled, and ends. */
    private static final String PROGRAM = """
            import dev.sightline.Sightline;
            public final class Archived {
                public static void main(String[] arguments) {
                    Sightline.server().port(0).webRtcPort(0).stream("a", s -> s.source("pattern:64x48@5").process("clock")).start().close();
                }
            }
            """;

    private ClassArchive() {}

    /** The options of a JVM that uses it. */
    static synchronized List<String> options(Path jar) {
        try {
            Path folder = Files.createDirectories(jar.resolveSibling("archive-of-" + Runtime.version()));
            Path archive = folder.resolve("classes.jsa");
            try (FileChannel lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                if (held.isValid() && !isOf(archive, jar)) {
                    make(archive, jar, folder);
                }
            }
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static void make(Path archive, Path jar, Path folder) throws IOException {
        Files.deleteIfExists(archive);
        Files.writeString(folder.resolve("Archived.java"), PROGRAM);
        Process java = new ProcessBuilder(
                        JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-cp",
                        jar.toString(),
                        "dev.sightline.app.Main",
                        "run",
                        "Archived.java")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "made.log"))
                .start();
        try {
            if (!java.waitFor(5, TimeUnit.MINUTES) || !Files.exists(archive)) {
                throw new AssertionError("no archive of classes was made: see " + folder.resolve("made.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            java.destroyForcibly();
        }
    }
}
