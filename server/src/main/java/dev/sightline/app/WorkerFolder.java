package dev.sightline.app;

import dev.sightline.worker.PrivateFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the sockets to worker processes: one per server, which this user alone may enter, named by the server's process;
 * what servers that were killed have left is removed.
 */
final class WorkerFolder {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerFolder.class);
    private static final String START = "sightline-workers-";
    /** A socket's path has at most 107 bytes, of which its name in this folder takes up to 30. */
    private static final int MOST_BYTES = 75;

    private WorkerFolder() {}

    /**
     * Makes it, in the user's folder for such things, or that for temporary files.
     *
     * @throws IOException if no such folder has a path that is short enough, or it cannot be written to
     */
    static Path make() throws IOException {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        List<Path> places = Stream.concat(
                        Optional.ofNullable(runtime).stream(), Stream.of(System.getProperty("java.io.tmpdir"), "/tmp"))
                .map(Path::of)
                .filter(Files::isWritable)
                .toList();
        for (Path place : places) {
            sweep(place);
            Path made = PrivateFolders.makeNew(
                    place, START + ProcessHandle.current().pid() + "-");
            if (made.toString().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return made;
            }
            Files.delete(made);
        }
        throw new IOException(
                "there is no place for the sockets of workers: name a writable folder with a short path in"
                        + " XDG_RUNTIME_DIR");
    }

    private static void sweep(Path place) {
        try (Stream<Path> all = Files.list(place)) {
            all.filter(WorkerFolder::isLeft).forEach(PrivateFolders::delete);
        } catch (IOException e) {
            LOG.debug("looking for what servers have left in {}", place, e);
        }
    }

    /** Whether a folder is that of a server that is no more; of those of other users nothing can be deleted. */
    static boolean isLeft(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(START + "\\d{1,9}-\\d+")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(START.length(), name.indexOf('-', START.length())));
        return ProcessHandle.of(pid).isEmpty();
    }
}
