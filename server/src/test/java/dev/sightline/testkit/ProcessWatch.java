package dev.sightline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at what this process holds (Linux), so that tests can tell what was left behind. */
public final class ProcessWatch {
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");
    private static final long HEAP_LIMIT = 0x8_0000_0000L;

    private ProcessWatch() {}

    /** Open file descriptors, the one for counting not counted. */
    public static int fileDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count() - 1;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Memory in use outside of Java's heap, in bytes, after a garbage collection. The heap, which comes and goes as the
     * JVM pleases, is told by its place: the JVM puts one of less than 32 GB below that address.
     */
    public static long nativeBytes() {
        System.gc();
        try {
            boolean heap = false;
            long kilobytes = 0;
            for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
                Matcher mapping = MAPPING.matcher(line);
                if (mapping.lookingAt()) {
                    heap = Long.parseUnsignedLong(mapping.group(1), 16) < HEAP_LIMIT;
                } else if (!heap && line.startsWith("Rss:")) {
                    kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return kilobytes * 1024;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Living threads, native ones included. */
    public static int threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return (int) tasks.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
