package dev.sightline.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How long each thread of a process has been on a processor so far, in user and in system mode, to the nanosecond: what
 * Linux tells of a whole process goes in steps of 10 ms. See proc(5).
 */
public final class ThreadTimes {
    private final Map<String, Used> threads;

    private ThreadTimes(Map<String, Used> threads) {
        this.threads = threads;
    }

    /** As it stands at present. */
    public static ThreadTimes of(long pid) {
        Map<String, Used> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                add(threads, task);
            }
        } catch (IOException e) {
            throw new BenchException("cannot read the threads of process " + pid + "; this bench needs Linux", e);
        }
        return new ThreadTimes(threads);
    }

    private static void add(Map<String, Used> threads, Path task) throws IOException {
        try {
            String name = Files.readString(task.resolve("comm"));
            String nanos = Files.readString(task.resolve("schedstat")).split(" ", -1)[0];
            threads.put(task.getFileName().toString(), new Used(name, Long.parseLong(nanos)));
        } catch (NoSuchFileException e) {
            // It has ended just now.
        }
    }

    /** Seconds since then, all threads together; of one that has ended meanwhile nothing is known. */
    public double secondsSince(ThreadTimes earlier) {
        return secondsSince(earlier, "");
    }

    /** The same of those threads whose names begin so, as Linux keeps them. */
    public double secondsSince(ThreadTimes earlier, String names) {
        long nanos = 0;
        for (Map.Entry<String, Used> thread : threads.entrySet()) {
            if (thread.getValue().name.startsWith(names)) {
                Used before = earlier.threads.get(thread.getKey());
                nanos += thread.getValue().nanos - (before == null ? 0 : before.nanos);
            }
        }
        return nanos / 1e9;
    }

    private record Used(String name, long nanos) {}
}
