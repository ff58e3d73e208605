package dev.sightline.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at what this process holds (Linux), so that tests can tell what was left behind. */
public final class ProcessWatch {
    private ProcessWatch() {}

    /** Open file descriptors, the one for counting not counted. */
    public static int fileDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count() - 1;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Memory in use, after a garbage collection, in bytes. */
    public static long residentBytes() {
        System.gc();
        try {
            List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
            String line = status.stream()
                    .filter(each -> each.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Living threads, native ones included. */
    public static int threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return (int) tasks.count();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
