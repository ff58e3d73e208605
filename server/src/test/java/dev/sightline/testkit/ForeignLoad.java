package dev.sightline.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of the processors other programs use meanwhile: what counts frames can be strict only where it has them for itself.
 * This process and its children are not counted. Elsewhere than on Linux nobody else is seen.
 */
public final class ForeignLoad {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;
    private static final int PARENT = 1;
    /** Its own time, user's and system's, and that of its children which have ended: so none is lost when one ends. */
    private static final int FIRST_TIME = 11;

    private static final int LAST_TIME = 14;
    /** It takes on the children of those that have died: ours, too. */
    private static final long INIT = 1;

    private final long beganNanos = System.nanoTime();
    private final Map<Long, Long> before = ticksOfOthers();

    private ForeignLoad() {}

    /** Begins to look. */
    public static ForeignLoad begin() {
        return new ForeignLoad();
    }

    /** The processors that others have used since then, on average. */
    public double processors() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        // One by one: what a process had used that has ended meanwhile is not what others used less.
        long ticks = ticksOfOthers().entrySet().stream()
                .mapToLong(process -> Math.max(0, process.getValue() - before.getOrDefault(process.getKey(), 0L)))
                .sum();
        return ticks / TICKS_PER_SECOND / seconds;
    }

    private static Map<Long, Long> ticksOfOthers() {
        Map<Long, String[]> all = new HashMap<>();
        try (Stream<Path> folders = Files.list(PROC)) {
            folders.filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .forEach(folder -> read(folder, all));
        } catch (IOException e) {
            return Map.of();
        }
        return all.entrySet().stream()
                .filter(process -> process.getKey() != INIT && !isOurs(process.getKey(), all))
                .collect(Collectors.toMap(Map.Entry::getKey, process -> ticks(process.getValue())));
    }

    private static void read(Path folder, Map<Long, String[]> all) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String behindName = stat.substring(stat.lastIndexOf(')') + 2);
            all.put(Long.valueOf(folder.getFileName().toString()), behindName.split(" ", -1));
        } catch (IOException e) {
            // It has ended meanwhile.
        }
    }

    private static boolean isOurs(long pid, Map<Long, String[]> all) {
        long us = ProcessHandle.current().pid();
        long one = pid;
        while (one != us && all.containsKey(one)) {
            one = Long.parseLong(all.get(one)[PARENT]);
        }
        return one == us;
    }

    private static long ticks(String[] fields) {
        return List.of(fields).subList(FIRST_TIME, LAST_TIME + 1).stream()
                .mapToLong(Long::parseLong)
                .sum();
    }
}
