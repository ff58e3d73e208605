package dev.sightline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.BitSet;

/** The child's notes in {@link NoteSlots}. Safe for use by any thread. */
final class MappedNotes implements WorkNotes {
    private final NoteSlots slots;

    @GuardedBy("this")
    private final BitSet used = new BitSet(NoteSlots.COUNT);

    MappedNotes(NoteSlots slots) {
        this.slots = slots;
    }

    @Override
    public WorkNote note(String stream) {
        return note(stream, false);
    }

    @Override
    public WorkNote waiting(String stream) {
        return note(stream, true);
    }

    private synchronized WorkNote note(String stream, boolean mayWait) {
        int slot = used.nextClearBit(0);
        if (slot >= NoteSlots.COUNT) {
            return WorkNote.NONE;
        }
        used.set(slot);
        slots.describe(slot, stream, mayWait, Thread.currentThread().getName());
        return new Note(slot, slots.number(slot));
    }

    private synchronized void free(int slot) {
        used.clear(slot);
    }

    /** One slot, while one thread has it. */
    private final class Note implements WorkNote {
        private final int slot;
        private long number;
        private boolean closed;

        Note(int slot, long number) {
            this.slot = slot;
            this.number = number;
        }

        @Override
        public void begin() {
            slots.setNumber(slot, number | 1);
        }

        @Override
        public void end() {
            number = (number | 1) + 1;
            slots.setNumber(slot, number);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                end();
                free(slot);
            }
        }
    }
}
