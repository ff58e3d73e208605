package dev.sightline.transport.webrtc.congestion;

import java.util.OptionalLong;

/** Bits per second that arrived, over the last half second of the receiver's clock. */
final class AcknowledgedRate {
    private static final long WINDOW_NANOS = 500_000_000;
    private static final long LEAST_NANOS = 150_000_000;

    /** After a time without arrivals, or without reading of them: few frames are no measure of a rate that has been known. */
    private static final long LEAST_AFTER_GAP_NANOS = 400_000_000;

    /** What arrives within a millisecond is one entry, so that no window has more. */
    private static final int ENTRIES = 512;

    private static final long TOGETHER_NANOS = 1_000_000;

    private final long[] nanos = new long[ENTRIES];
    private final double[] sizes = new double[ENTRIES];
    private int first;
    private int count;
    private double bytes;
    private long leastNanos = LEAST_NANOS;

    void arrived(double size, long arrivalNanos) {
        bytes += size;
        if (count > 0 && arrivalNanos - nanos[last()] > WINDOW_NANOS) {
            leastNanos = LEAST_AFTER_GAP_NANOS;
        }
        if (count > 0 && (count == ENTRIES || arrivalNanos - nanos[last()] < TOGETHER_NANOS)) {
            sizes[last()] += size;
        } else {
            count++;
            nanos[last()] = arrivalNanos;
            sizes[last()] = size;
        }
        while (arrivalNanos - nanos[first] > WINDOW_NANOS && count > 1) {
            bytes -= sizes[first];
            first = first + 1 & ENTRIES - 1;
            count--;
        }
    }

    private int last() {
        return first + count - 1 & ENTRIES - 1;
    }

    /** Empty until enough has arrived. */
    OptionalLong bitsPerSecond() {
        long span = count < 2 ? 0 : nanos[last()] - nanos[first];
        if (span < leastNanos) {
            return OptionalLong.empty();
        }
        // What came first opens the span: its own bytes came before it.
        return OptionalLong.of(Math.round((bytes - sizes[first]) * 8e9 / span));
    }
}
