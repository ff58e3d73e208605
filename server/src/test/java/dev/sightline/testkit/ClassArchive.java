package dev.sightline.testkit;

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
 * with them needs a third less of a processor. They are archived once for each JDK and each build, by the first who asks; no
 * archive is no fault.
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

    /** The options of a JVM that uses it; none where there can be none. */
    static synchronized List<String> options(Path jar) {
        try {
            Path folder = Files.createDirectories(jar.resolveSibling("archive-of-" + Runtime.version()));
            Path archive = folder.resolve("classes.jsa");
            try (FileChannel lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                Path log = folder.resolve("made.log");
                if (held.isValid() && !isNewer(log, jar)) {
                    make(archive, jar, log);
                }
            }
            return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off") : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path file, Path jar) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static void make(Path archive, Path jar, Path log) throws IOException {
        Files.deleteIfExists(archive);
        Path program = Files.writeString(log.resolveSibling("Archived.java"), PROGRAM);
        Process java = new ProcessBuilder(
                        JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-cp",
                        jar.toString(),
                        "dev.sightline.app.Main",
                        "run",
                        program.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!java.waitFor(2, TimeUnit.MINUTES)) {
                java.destroyForcibly().waitFor();
                Files.deleteIfExists(archive);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
