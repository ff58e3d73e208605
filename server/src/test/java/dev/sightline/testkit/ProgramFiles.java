package dev.sightline.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server's program is made of, for tests that start it in a process of its own. */
public final class ProgramFiles {
    private ProgramFiles() {}

    /**
     * The class path: the packaged server, as users run it, where it was packaged; it starts with a second less of a
     * processor than the hundred entries of a test's own class path, which stand for it elsewhere.
     */
    public static String classPath() {
        return packaged()
                .map(Path::toString)
                .orElseGet(() -> entries().collect(Collectors.joining(File.pathSeparator)));
    }

    /** The JVM's options with which a program of that class path starts at the least cost; none where it was not packaged. */
    public static List<String> archive() {
        return packaged().map(ClassArchive::options).orElse(List.of());
    }

    private static Optional<Path> packaged() {
        return entries()
                .filter(entry -> entry.endsWith("sightline-server.jar"))
                .map(Path::of)
                .filter(jar -> Files.isDirectory(jar.resolveSibling("lib")))
                .findFirst();
    }

    private static Stream<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString());
    }
}
