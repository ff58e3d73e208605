package dev.sightline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux knows about a process, see proc(5). */
public final class ProcessFacts {
    private ProcessFacts() {}

    /** Resident memory in megabytes (1,048,576 bytes). */
    public static double residentMegabytes(long pid) {
        return status(pid, "VmRSS:") / 1024.0;
    }

    /** The most resident memory there was since the process's start, in megabytes. */
    public static double peakResidentMegabytes(long pid) {
        return status(pid, "VmHWM:") / 1024.0;
    }

    /** Threads, those of native libraries and of the JVM itself included. */
    public static long threads(long pid) {
        return status(pid, "Threads:");
    }

    /** Of those, how many have names that begin so, as Linux keeps them: 15 letters at most. */
    public static long threads(long pid, String names) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.filter(task -> name(task).startsWith(names)).count();
        } catch (IOException e) {
            throw new BenchException("cannot read the threads of process " + pid + "; this bench needs Linux", e);
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException e) {
            return ""; // it has ended just now
        }
    }

    /** Open file descriptors. */
    public static long openFiles(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new BenchException("cannot read the open files of process " + pid + "; this bench needs Linux", e);
        }
    }

    private static long status(long pid, String key) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new BenchException("process " + pid + " has ended"));
    }

    /** How many files this process, and those it starts, may have open. */
    public static long openFilesLimit() {
        return read(ProcessHandle.current().pid(), "limits")
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.trim().split(" {2,}", -1)[2])
                .mapToLong(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new BenchException("cannot read /proc/" + pid + "/" + file + "; this bench needs Linux", e);
        }
    }
}
