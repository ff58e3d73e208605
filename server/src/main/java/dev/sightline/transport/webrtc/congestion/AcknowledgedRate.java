package dev.sightline.transport.webrtc.congestion;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/** Bits per second that arrived, over the last half second of the receiver's clock. */
final class AcknowledgedRate {
    private static final long WINDOW_NANOS = 500_000_000;
    private static final long LEAST_NANOS = 150_000_000;

    private final ArrayDeque<Arrival> window = new ArrayDeque<>();
    private double bytes;

    void arrived(double size, long arrivalNanos) {
        bytes += size;
        window.addLast(new Arrival(arrivalNanos, size));
        while (arrivalNanos - window.getFirst().nanos() > WINDOW_NANOS) {
            bytes -= window.removeFirst().bytes();
        }
    }

    /** Empty until enough has arrived. */
    OptionalLong bitsPerSecond() {
        if (window.size() < 2) {
            return OptionalLong.empty();
        }
        long span = window.getLast().nanos() - window.getFirst().nanos();
        if (span < LEAST_NANOS) {
            return OptionalLong.empty();
        }
        // The first packet opens the span: its own bytes came before it.
        return OptionalLong.of(Math.round((bytes - window.getFirst().bytes()) * 8e9 / span));
    }

    private record Arrival(long nanos, double bytes) {}
}
