package dev.sightline.transport.webrtc.rtp;

/** Serial number arithmetic (RFC 1982). */
final class SerialNumbers {
    private static final long MASK_32 = 0xFFFF_FFFFL;

    private SerialNumbers() {}

    /** The 64-bit number nearest to a reference that has the given lowest 16 bits. */
    static long unwrap16(long reference, int low) {
        return reference + (short) (low - (int) reference);
    }

    /** The distance from one 32-bit number to another, the shorter way round: negative if the other lies behind. */
    static long ahead32(long from, long to) {
        return (int) (to - from);
    }

    static long low32(long value) {
        return value & MASK_32;
    }
}
