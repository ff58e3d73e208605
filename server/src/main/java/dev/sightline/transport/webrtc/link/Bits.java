package dev.sightline.transport.webrtc.link;

/** Numbers within bytes, the greatest part first, as networks have them. */
final class Bits {
    private Bits() {}

    static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static int int32(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }

    static long int64(byte[] bytes, int at) {
        return (long) int32(bytes, at) << 32 | int32(bytes, at + 4) & 0xffff_ffffL;
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value >> 16);
        put16(bytes, at + 2, value);
    }

    static void xor16(byte[] bytes, int at, int value) {
        put16(bytes, at, int16(bytes, at) ^ value);
    }

    static void xor32(byte[] bytes, int at, int value) {
        put32(bytes, at, int32(bytes, at) ^ value);
    }
}
