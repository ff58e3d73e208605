package dev.sightline.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the JVM's reports of crashed workers are kept: the newest {@value #MOST}, each cut to {@value #MOST_BYTES} bytes. */
final class CrashFolder {
    static final int MOST = 5;
    static final int MOST_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(CrashFolder.class);
    private static final String START = "worker-crash-";

    private final Path folder;

    CrashFolder(Path folder) {
        this.folder = folder;
    }

    /** Keeps a copy of a report, if there is one. */
    void keep(Path report, long millis) {
        if (!Files.exists(report)) {
            return;
        }
        Path kept = folder.resolve(START + millis + ".log");
        try {
            PrivateFolders.make(folder);
            copy(report, kept);
            sweep();
            LOG.info("the JVM's report of the crash is kept in {}", kept);
        } catch (IOException e) {
            LOG.warn("the JVM's report of a worker's crash cannot be kept: {}", e.toString());
        }
    }

    private static void copy(Path report, Path kept) throws IOException {
        try (InputStream in = Files.newInputStream(report);
                OutputStream out = Files.newOutputStream(kept)) {
            out.write(in.readNBytes(MOST_BYTES));
        }
    }

    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> newestFirst = files.filter(
                            file -> file.getFileName().toString().startsWith(START))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(MOST, newestFirst.size()), newestFirst.size())) {
                Files.delete(old);
            }
        }
    }
}
