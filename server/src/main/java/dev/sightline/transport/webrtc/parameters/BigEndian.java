package dev.sightline.transport.webrtc.parameters;

/** Reads and writes numbers in network byte order, the most significant byte first. */
public final class BigEndian {
    private BigEndian() {}

    /** 0 to 255. */
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** 0 to 65,535. */
    public static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    /** 0 to 2<sup>24</sup> - 1. */
    public static int u24(byte[] bytes, int at) {
        return u8(bytes, at) << 16 | u16(bytes, at + 1);
    }

    /** 0 to 2<sup>32</sup> - 1. */
    public static long u32(byte[] bytes, int at) {
        return int32(bytes, at) & 0xFFFF_FFFFL;
    }

    /** All 32 bits. */
    public static int int32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    /** All 64 bits. */
    public static long int64(byte[] bytes, int at) {
        return (long) int32(bytes, at) << 32 | u32(bytes, at + 4);
    }

    /** Writes the lowest 16 bits. */
    public static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    /** Writes the lowest 24 bits. */
    public static void put24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 16);
        put16(bytes, at + 1, value);
    }

    /** Writes the lowest 32 bits. */
    public static void put32(byte[] bytes, int at, long value) {
        put16(bytes, at, (int) (value >> 16));
        put16(bytes, at + 2, (int) value);
    }

    /** Writes all 64 bits. */
    public static void put64(byte[] bytes, int at, long value) {
        put32(bytes, at, value >>> 32);
        put32(bytes, at + 4, value);
    }

    /** Combines with the lowest 16 bits by exclusive or. */
    public static void xor16(byte[] bytes, int at, int value) {
        put16(bytes, at, u16(bytes, at) ^ value);
    }

    /** Combines with 32 bits by exclusive or. */
    public static void xor32(byte[] bytes, int at, int value) {
        put32(bytes, at, int32(bytes, at) ^ value);
    }
}
