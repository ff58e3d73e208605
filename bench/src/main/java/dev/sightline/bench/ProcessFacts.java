package dev.sightline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux knows about a process, see proc(5). */
public final class ProcessFacts {
    private ProcessFacts() {}

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
