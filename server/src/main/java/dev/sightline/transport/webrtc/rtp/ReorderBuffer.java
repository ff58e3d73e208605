package dev.sightline.transport.webrtc.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's jitter buffer, only for order: at most 2,048 packets that came before their turn. It delays nothing that is
 * complete. Used on the media thread.
 */
final class ReorderBuffer {
    /** The most that a packet may be ahead. */
    static final int SIZE = 2_048;

    private final @Nullable ArrivedPacket[] slots = new @Nullable ArrivedPacket[SIZE];

    /** Stores a packet; false if it is there already. */
    boolean put(ArrivedPacket packet) {
        if (has(packet.seq())) {
            return false;
        }
        slots[place(packet.seq())] = packet;
        return true;
    }

    boolean has(long seq) {
        ArrivedPacket packet = slots[place(seq)];
        return packet != null && packet.seq() == seq;
    }

    /** Takes out the packet with this number. */
    @Nullable
    ArrivedPacket take(long seq) {
        ArrivedPacket packet = has(seq) ? slots[place(seq)] : null;
        if (packet != null) {
            slots[place(seq)] = null;
        }
        return packet;
    }

    /** The first number in a range, both ends included, whose packet is there; -1 if there is none. */
    long first(long from, long to) {
        for (long seq = from; seq <= to; seq++) {
            if (has(seq)) {
                return seq;
            }
        }
        return -1;
    }

    void clear() {
        Arrays.fill(slots, null);
    }

    private static int place(long seq) {
        return (int) (seq & SIZE - 1);
    }
}
