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
        return entries(pid, "task")
                .filter(task ->
                        looked(() -> Files.readString(task.resolve("comm"))).startsWith(names))
                .count();
    }

    /** Open file descriptors. */
    public static long openFiles(long pid) {
        return entries(pid, "fd").count();
    }

    /** Of those, how many are of files whose names end so. */
    public static long openFiles(long pid, String names) {
        return entries(pid, "fd")
                .filter(file ->
                        looked(() -> Files.readSymbolicLink(file).toString()).endsWith(names))
                .count();
    }

    private static Stream<Path> entries(long pid, String folder) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
            return entries.toList().stream();
        } catch (IOException e) {
            throw new BenchException("cannot look into process " + pid + "; this bench needs Linux", e);
        }
    }

    /** What stands there; nothing where it has gone just now. */
    private static String looked(Look look) {
        try {
            return look.up();
        } catch (IOException e) {
            return "";
        }
    }

    /** A look at something that may go at any time. */
    @FunctionalInterface
    private interface Look {
        String up() throws IOException;
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
