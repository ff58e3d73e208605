package dev.sightline.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the system says of a process's threads, by their numbers. Empty on other systems than Linux, and on kernels that do not
 * count.
 */
record CpuTimes(Map<String, OfThread> threads) {
    private static final CpuTimes UNKNOWN = new CpuTimes(Map.of());

    /** Copies the threads. */
    CpuTimes {
        threads = Map.copyOf(threads);
    }

    /**
     * One thread's.
     *
     * @param runnable whether it has a CPU, or could use one now; one that sleeps or is stopped cannot
     * @param ranNanos how long it has had a CPU
     * @param waitedNanos how long it waited for one, up to when it last got it
     */
    record OfThread(boolean runnable, long ranNanos, long waitedNanos) {}

    /** Those of a process now: some milliseconds on a busy machine. */
    static CpuTimes of(long pid) {
        Map<String, OfThread> threads = new HashMap<>();
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            List<Path> tasks = all.toList();
            for (Path task : tasks) {
                add(task, threads);
            }
            return new CpuTimes(threads);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static void add(Path task, Map<String, OfThread> threads) {
        try {
            String stat = read(task.resolve("stat"));
            String[] times = read(task.resolve("schedstat")).split(" ", -1);
            boolean runnable = stat.startsWith(" R", stat.lastIndexOf(')') + 1);
            threads.put(
                    task.getFileName().toString(),
                    new OfThread(runnable, Long.parseLong(times[0]), Long.parseLong(times[1])));
        } catch (IOException | RuntimeException e) {
            // It has ended meanwhile, or the kernel does not count.
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
