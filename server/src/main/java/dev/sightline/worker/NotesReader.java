package dev.sightline.worker;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The server's view of a child's notes: who is being worked on, and for how long. For one thread. */
final class NotesReader {
    private final NoteSlots slots;
    private final long[] numbers = new long[NoteSlots.COUNT];
    private final long[] seenNanos = new long[NoteSlots.COUNT];

    NotesReader(NoteSlots slots) {
        this.slots = slots;
    }

    /**
     * The streams that are being worked on now.
     *
     * @param threads the names of the threads that are known to have failed; where one of them has a note, only such count
     */
    Set<String> suspects(Collection<String> threads) {
        Set<String> named = new HashSet<>();
        threads.forEach(thread -> named.add(NoteSlots.cut(thread)));
        List<Integer> working = IntStream.range(0, NoteSlots.COUNT)
                .filter(slot -> isWorking(slots.number(slot)))
                .boxed()
                .toList();
        List<Integer> failed = working.stream()
                .filter(slot -> named.contains(slots.thread(slot)))
                .toList();
        Set<String> suspects = new HashSet<>();
        (failed.isEmpty() ? working : failed).forEach(slot -> suspects.add(slots.stream(slot)));
        return suspects;
    }

    /** A stream whose work has not ended for that long, as far as the calls of this method have seen. */
    Optional<String> stuck(long nowNanos, long longestNanos) {
        Optional<String> stuck = Optional.empty();
        for (int slot = 0; slot < NoteSlots.COUNT; slot++) {
            long number = slots.number(slot);
            if (number != numbers[slot]) {
                numbers[slot] = number;
                seenNanos[slot] = nowNanos;
            } else if (isWorking(number) && nowNanos - seenNanos[slot] > longestNanos) {
                stuck = Optional.of(slots.stream(slot));
            }
        }
        return stuck;
    }

    private static boolean isWorking(long number) {
        return (number & 1) == 1;
    }
}
