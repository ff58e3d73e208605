package dev.sightline.transport.socketio.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Packets on their way to a client, in order, and not too many. Used in the session's order. */
final class Outbox {
    /** More than this unsent, and the client is too slow for what the program tells it. */
    private static final int MAX_UNSENT_BYTES = 4 * 1024 * 1024;

    private final Queue<Wire> waiting = new ArrayDeque<>();
    private long unsentBytes;

    boolean isFull() {
        return unsentBytes > MAX_UNSENT_BYTES;
    }

    void add(Wire wire) {
        unsentBytes += wire.size();
        waiting.add(wire);
    }

    /** The next that a carrier can take. */
    @Nullable
    Wire next() {
        return waiting.poll();
    }

    /** What a carrier took has gone. */
    void gone(Wire wire) {
        unsentBytes = Math.max(0, unsentBytes - wire.size());
    }

    void clear() {
        waiting.clear();
    }
}
