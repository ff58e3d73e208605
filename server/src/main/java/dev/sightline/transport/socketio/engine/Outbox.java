package dev.sightline.transport.socketio.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A bounded queue of packets to a client. Used in the session's order. */
final class Outbox {
    /** With more unsent bytes, the client is too slow for what the program sends. */
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

    /** The next packet that a transport can take. */
    @Nullable
    Wire next() {
        return waiting.poll();
    }

    /** A packet that a transport took was sent. */
    void gone(Wire wire) {
        unsentBytes = Math.max(0, unsentBytes - wire.size());
    }

    void clear() {
        waiting.clear();
    }
}
