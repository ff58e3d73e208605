package dev.sightline.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux knows about a process, see proc(5). */
public final class ProcessFacts {
    private static final double TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    private ProcessFacts() {}

    /** Processor time used so far, in user and in system mode, in seconds. */
    public static double cpuSeconds(long pid) {
        String stat = read(pid, "stat");
        // The second field is the program's name, which may hold anything, in parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    /** Time that the threads whose names begin so have been on a processor, in seconds. */
    public static double cpuSeconds(long pid, String threads) {
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith(threads)) {
                    nanos += Long.parseLong(
                            Files.readString(task.resolve("schedstat")).split(" ", -1)[0]);
                }
            }
        } catch (IOException e) {
            throw new BenchException("cannot read the threads of process " + pid, e);
        }
        return nanos / 1e9;
    }

    /** Resident memory in megabytes (1,048,576 bytes). */
    public static double residentMegabytes(long pid) {
        return read(pid, "status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow(() -> new BenchException("process " + pid + " has no memory"))
                / 1024.0;
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
