package dev.sightline.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process holds, Java's and native together, as Linux tells it. */
final class ResidentMemory {
    private static final int RESIDENT = 1;
    /** All that Java runs on here, but for some arm64 kernels, where a larger one makes the answer too small. */
    private static final long PAGE = 4_096;

    private ResidentMemory() {}

    /** In bytes; empty on other systems, and if there is no such process. */
    static OptionalLong of(long pid) {
        try {
            Path file = Path.of("/proc", Long.toString(pid), "statm");
            String[] pages = Files.readString(file, StandardCharsets.US_ASCII).split(" ", -1);
            return OptionalLong.of(Long.parseLong(pages[RESIDENT]) * PAGE);
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}
