package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.ice.TransportTuple;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * Media that comes before its keys: a peer that finishes the handshake sends at once, and its first packets arrive while our
 * side still works on that (RFC 5763, section 6.7.1). Without them, a sender that ignores keyframe requests, such as FFmpeg,
 * shows nothing until its next keyframe. Used on the media thread.
 */
final class EarlyMedia {
    /** The number of packets in a keyframe of 1080p. */
    private static final int MOST = 128;

    private final Queue<Packet> packets = new ArrayDeque<>();
    private final Budget budget;

    EarlyMedia(Budget budget) {
        this.budget = budget;
    }

    /** Stores a copy of a packet for {@link #release}; false if there is no room, here or in all. */
    boolean keep(byte[] bytes, int length, TransportTuple path) {
        if (packets.size() >= MOST || !budget.take()) {
            return false;
        }
        packets.add(new Packet(Arrays.copyOf(bytes, length), length, path));
        return true;
    }

    /** Hands over the stored packets in order, and removes them. */
    void release(Receiver receiver) {
        for (Packet next = packets.poll(); next != null; next = packets.poll()) {
            budget.giveBack();
            receiver.media(next.bytes, next.length, next.path);
        }
    }

    /** Takes a packet. */
    @FunctionalInterface
    interface Receiver {
        void media(byte[] packet, int length, TransportTuple path);
    }

    /** The number of packets that all transports of a port store together. */
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
