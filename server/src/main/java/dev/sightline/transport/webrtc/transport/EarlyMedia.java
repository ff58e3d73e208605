package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.ice.TransportTuple;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * Media that comes before its keys: a peer that ends the handshake sends at once, and its first packets arrive while our side
 * still works on that (RFC 5763, section 6.7.1). Without them a sender that answers no keyframe request, such as FFmpeg,
 * shows nothing until its next keyframe. Used by the media thread only.
 */
final class EarlyMedia {
    /** As many as a keyframe of 1080p has. */
    private static final int MOST = 128;

    private final Queue<Packet> packets = new ArrayDeque<>();
    private final Budget budget;

    EarlyMedia(Budget budget) {
        this.budget = budget;
    }

    /** Keeps a copy of a packet for {@link #release}; false where there is no room, alone or in sum. */
    boolean keep(byte[] bytes, int length, TransportTuple path) {
        if (packets.size() >= MOST || !budget.take()) {
            return false;
        }
        packets.add(new Packet(Arrays.copyOf(bytes, length), length, path));
        return true;
    }

    /** Gives what was kept, in its order, and forgets it. */
    void release(Receiver receiver) {
        for (Packet next = packets.poll(); next != null; next = packets.poll()) {
            budget.giveBack();
            receiver.media(next.bytes, next.length, next.path);
        }
    }

    /** Who takes a packet. */
    @FunctionalInterface
    interface Receiver {
        void media(byte[] packet, int length, TransportTuple path);
    }

    /** How many packets all transports of a port keep together. */
    static final class Budget {
        private static final int MOST_IN_ALL = 4_096;

        private int taken;

        private boolean take() {
            if (taken >= MOST_IN_ALL) {
                return false;
            }
            taken++;
            return true;
        }

        private void giveBack() {
            taken--;
        }
    }

    private record Packet(byte[] bytes, int length, TransportTuple path) {}
}
