package dev.sightline.transport.webrtc.rtp;

/** What may be sent again: as much a second as the video itself takes, and half a second's worth at once. */
final class Allowance {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double GREATEST_SECONDS = 0.5;

    /** A keyframe of a small rendition needs more than half a second of its rate. */
    private static final double LEAST_CAPACITY_BYTES = 64 * 1_024;

    private double bytes = Double.NaN;
    private long lastNanos;

    void refill(int bitsPerSecond, long nowNanos) {
        double bytesPerSecond = bitsPerSecond / 8.0;
        double capacity = Math.max(LEAST_CAPACITY_BYTES, bytesPerSecond * GREATEST_SECONDS);
        bytes = Double.isNaN(bytes)
                ? capacity
                : Math.min(capacity, bytes + bytesPerSecond * (nowNanos - lastNanos) / NANOS_PER_SECOND);
        lastNanos = nowNanos;
    }

    boolean take(int size) {
        if (bytes < size) {
            return false;
        }
        bytes -= size;
        return true;
    }
}
