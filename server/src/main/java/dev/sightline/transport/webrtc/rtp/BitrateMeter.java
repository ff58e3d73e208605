package dev.sightline.transport.webrtc.rtp;

/** Measures bits a second over the last second or two. */
final class BitrateMeter {
    private static final long SPAN_NANOS = 1_000_000_000L;

    private long spanStart = Long.MIN_VALUE;
    private long bytes;
    private double bitsPerSecond;

    void add(int size, long nowNanos) {
        roll(nowNanos);
        bytes += size;
    }

    /** Closes the present span if it is over. */
    void roll(long nowNanos) {
        if (spanStart == Long.MIN_VALUE) {
            spanStart = nowNanos;
        } else if (nowNanos - spanStart >= SPAN_NANOS) {
            bitsPerSecond = bytes * 8e9 / (nowNanos - spanStart);
            bytes = 0;
            spanStart = nowNanos;
        }
    }

    double bitsPerSecond() {
        return bitsPerSecond;
    }
}
