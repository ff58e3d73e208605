package dev.sightline.worker;

import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
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
     * @param crashed the name of the thread that crashed, if that is known; where it has a note, no other counts
     */
    Set<String> suspects(Optional<String> crashed) {
        Optional<String> thread = crashed.map(NoteSlots::cut);
        Set<String> certain =
                streams(slot -> thread.isPresent() && slots.thread(slot).equals(thread.get()));
        return certain.isEmpty() ? streams(slot -> !slots.mayWait(slot)) : certain;
    }

    private Set<String> streams(IntPredicate wanted) {
        return IntStream.range(0, NoteSlots.COUNT)
                .filter(slot -> isWorking(slots.number(slot)))
                .filter(wanted)
                .mapToObj(slots::stream)
                .collect(Collectors.toSet());
    }

    /** A stream whose work has not ended for that long, as far as the calls of this method have seen. */
    Optional<String> stuck(long nowNanos, long longestNanos) {
        Optional<String> stuck = Optional.empty();
        for (int slot = 0; slot < NoteSlots.COUNT; slot++) {
            long number = slots.number(slot);
            if (number != numbers[slot]) {
                numbers[slot] = number;
                seenNanos[slot] = nowNanos;
            } else if (isWorking(number) && !slots.mayWait(slot) && nowNanos - seenNanos[slot] > longestNanos) {
                stuck = Optional.of(slots.stream(slot));
            }
        }
        return stuck;
    }

    private static boolean isWorking(long number) {
        return (number & 1) == 1;
    }
}
