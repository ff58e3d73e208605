package dev.sightline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** The names of those, sorted, as Linux keeps them: 15 letters at most. */
    public static List<String> threadNames(long pid) {
        return entries(pid, "task")
                .map(task ->
                        looked(() -> Files.readString(task.resolve("comm"))).strip())
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    /** Of those, how many have names that begin so. */
    public static long threads(long pid, String names) {
        return threadNames(pid).stream().filter(name -> name.startsWith(names)).count();
    }

    /** Open file descriptors. */
    public static long openFiles(long pid) {
        return entries(pid, "fd").count();
    }

    /** What those are of: paths, and for what is no file a word and its number, such as {@code socket:[1234]}. */
    public static List<String> openFileNames(long pid) {
        return entries(pid, "fd")
                .map(file -> looked(() -> Files.readSymbolicLink(file).toString()))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Processor time used so far, in user and in system mode, in seconds; it goes in steps of 10 ms. */
    public static double cpuSeconds(long pid) {
        String fields = read(pid, "stat").replaceAll("^.*\\) ", "");
        String[] words = fields.split(" ", -1);
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / 100.0;
    }

    /** How many processes it has started, and these in turn, that have not ended. */
    public static long children(long pid) {
        return descendants(pid).count();
    }

    /** Resident memory of all of these, in megabytes; what they share counts for each. */
    public static double childrenMegabytes(long pid) {
        return descendants(pid)
                        .mapToLong(child -> looked(
                                        () -> Files.readString(Path.of("/proc", Long.toString(child.pid()), "status")))
                                .lines()
                                .filter(line -> line.startsWith("VmRSS:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                .sum())
                        .sum()
                / 1024.0;
    }

    private static Stream<ProcessHandle> descendants(long pid) {
        return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants);
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
