package dev.sightline.stream;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Room for one thing, always the newest: what stands between two stages instead of a queue. What lies in the slot belongs
 * to the slot, which discards what it replaces, and counts it. Safe for use by any thread.
 */
final class NewestSlot<T> {
    private final Consumer<? super T> discard;
    private @Nullable T value;
    private boolean closed;
    private long dropped;

    /** An empty slot; {@code discard} frees what is replaced or left over. */
    NewestSlot(Consumer<? super T> discard) {
        this.discard = discard;
    }

    /** Puts a newer thing in the place of the last; never waits. */
    synchronized void put(T newer) {
        if (closed) {
            discard.accept(newer);
            return;
        }
        if (value != null) {
            discard.accept(value);
            dropped++;
        }
        value = newer;
        notifyAll();
    }

    /** Waits for the newest thing and takes it out, so that it belongs to the caller; empty once the slot is closed. */
    synchronized Optional<T> take() throws InterruptedException {
        while (value == null && !closed) {
            wait();
        }
        Optional<T> taken = Optional.ofNullable(value);
        value = null;
        return taken;
    }

    /** How many things were replaced before anybody took them. */
    synchronized long dropped() {
        return dropped;
    }

    /** Discards what lies here and everything that comes later, and ends the wait of {@link #take}. */
    synchronized void close() {
        closed = true;
        if (value != null) {
            discard.accept(value);
            value = null;
        }
        notifyAll();
    }
}
