package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;

/** RTP's time for video (RFC 3551): at 90 kHz, in 32 bits, which wrap around every 13 hours. */
public final class RtpTime {
    /** Ticks per second. */
    public static final int CLOCK_RATE = 90_000;

    private static final long NANOS_OF_NINE_TICKS = 100_000;
    private static final long MASK = 0xFFFF_FFFFL;

    private RtpTime() {}

    /** A frame's timestamp, 0 to 2<sup>32</sup> - 1: the same in every rendition, on every wire. */
    public static long timestamp(EncodedFrame frame) {
        return ofNanos(frame.presentationNanos());
    }

    /** The timestamp of an instant in nanoseconds since the Unix epoch. */
    public static long ofNanos(long nanos) {
        long ticks = Math.floorDiv(nanos, NANOS_OF_NINE_TICKS) * 9
                + Math.floorMod(nanos, NANOS_OF_NINE_TICKS) * 9 / NANOS_OF_NINE_TICKS;
        return ticks & MASK;
    }
}
