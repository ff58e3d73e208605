package dev.sightline.transport.webrtc.rtp;

/** Measures bits per second over the last second or two. */
final class BitrateMeter {
    private static final long SPAN_NANOS = 1_000_000_000L;

    private long spanStart = Long.MIN_VALUE;
    private long bytes;
    private double bitsPerSecond;

    void add(int size, long nowNanos) {
        roll(nowNanos);
        bytes += size;
    }

    /** Closes the current span if it is over. */
    void roll(long nowNanos) {
        if (spanStart == Long.MIN_VALUE) {
            spanStart = nowNanos;
        } else if (nowNanos - spanStart >= SPAN_NANOS) {
            bitsPerSecond = bytes * 8e9 / (nowNanos - spanStart);
            bytes = 0;
            spanStart = nowNanos;
        }
    }

    /** What was sent before says nothing about what will be; 0 until the next span is over. */
    void restart() {
        spanStart = Long.MIN_VALUE;
        bytes = 0;
        bitsPerSecond = 0;
    }

    /** Whether a span is over. */
    boolean isKnown() {
        return bitsPerSecond > 0;
    }

    double bitsPerSecond() {
        return bitsPerSecond;
    }
}
