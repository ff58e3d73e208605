package dev.sightline.transport.webrtc.rtp;

/** Numbers in network byte order, and numbers that go round. */
final class Wire {
    private static final long MASK_32 = 0xFFFF_FFFFL;

    private Wire() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    static int u24(byte[] bytes, int at) {
        return u8(bytes, at) << 16 | u16(bytes, at + 1);
    }

    static long u32(byte[] bytes, int at) {
        return (long) u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void put24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 16);
        put16(bytes, at + 1, value);
    }

    static void put32(byte[] bytes, int at, long value) {
        put16(bytes, at, (int) (value >> 16));
        put16(bytes, at + 2, (int) value);
    }

    static void put64(byte[] bytes, int at, long value) {
        put32(bytes, at, value >>> 32);
        put32(bytes, at + 4, value);
    }

    /** The 64-bit number nearest to a reference that has the given lowest 16 bits. */
    static long unwrap16(long reference, int low) {
        return reference + (short) (low - (int) reference);
    }

    /** How far one 32-bit number lies before another, by the shorter way round: negative if it lies behind. */
    static long ahead32(long from, long to) {
        return (int) (to - from);
    }

    static long low32(long value) {
        return value & MASK_32;
    }
}
