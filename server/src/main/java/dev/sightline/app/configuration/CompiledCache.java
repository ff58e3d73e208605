package dev.sightline.app.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of the classes that were compiled from users' files, one folder a text; the newest are kept. A worker looks first
 * into that of its server, which it may not write to.
 */
public final class CompiledCache {
    private static final String OF_SERVER = "sightline.compiled";

    /** A day of saving a file every minute and more; the older ones are compiled again if they come back. */
    static final int MOST = 500;

    private CompiledCache() {}

    /** The folder of this process; a confined worker, which may not write to that of the user, has one of its own. */
    static Path folder() {
        Path ofUser = DataFolder.findCache().resolve("compiled");
        boolean mayWrite = !Files.exists(ofUser) || Files.isWritable(ofUser);
        return mayWrite || System.getProperty(OF_SERVER) == null
                ? ofUser
                : Path.of("compiled").toAbsolutePath();
    }

    /** The folder for workers to read, which is made if it is not there yet; empty if this user can have none. */
    public static Optional<Path> forWorkers() {
        try {
            return folder().isAbsolute() ? Optional.of(Files.createDirectories(folder())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // what cannot be written has nothing to read
        }
    }

    /** The option for a worker's JVM by which it finds that folder. */
    public static String option(Path folder) {
        return "-D" + OF_SERVER + "=" + folder;
    }

    /** What the server that started this worker, or this process itself, has there under that name. */
    static Optional<Path> find(String name) {
        return ofServer(name).or(() -> Optional.of(folder().resolve(name)).filter(Files::exists));
    }

    private static Optional<Path> ofServer(String name) {
        return Optional.ofNullable(System.getProperty(OF_SERVER))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::exists);
    }

    /**
     * A copy of a jar by its content: the jar itself may be written anew while its classes are loaded.
     *
     * @throws IOException if the jar cannot be read, or the copy cannot be written
     */
    static Path copyOf(Path jar) throws IOException {
        byte[] content = Files.readAllBytes(jar);
        String name = Digest.of(content);
        Optional<Path> present = ofServer(name + "/" + jar.getFileName());
        if (present.isPresent()) {
            return present.get();
        }
        Path folder = Files.createDirectories(folder().resolve(name));
        Path copy = folder.resolve(jar.getFileName());
        if (!Files.exists(copy)) {
            Path fresh = Files.write(Files.createTempFile(folder, "copying", ".jar"), content);
            Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        used(folder);
        return copy;
    }

    /** A folder is used: it counts as new. */
    static void used(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        prune(folder.resolveSibling(""));
    }

    /** Removes the oldest folders beyond the limit; what cannot be removed stays. */
    private static void prune(Path cache) {
        try {
            List<Path> oldest = oldest(cache);
            for (Path folder : oldest.subList(0, Math.max(0, oldest.size() - MOST))) {
                remove(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process may prune at the same time.
        }
    }

    private static List<Path> oldest(Path cache) throws IOException {
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.sorted(Comparator.comparing(CompiledCache::time)).toList();
        }
    }

    private static FileTime time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path each : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
