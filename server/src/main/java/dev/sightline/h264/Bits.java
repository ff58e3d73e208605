package dev.sightline.h264;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads an H.264 NAL unit bit by bit (ITU-T H.264, 7.2 and 9.1), skipping emulation prevention bytes. At the end, and at a
 * number that is too long, it throws {@link BufferUnderflowException}.
 */
final class Bits {
    private static final int EMULATION_PREVENTION = 3;
    private static final int LONGEST_PREFIX = 31;

    private final ByteBuffer bytes;
    private int zeros;
    private int current;
    private int left;

    /** Reads from the buffer's position to its limit. */
    Bits(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    boolean flag() {
        return unsigned(1) == 1;
    }

    /** u(n), n up to 32. */
    long unsigned(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            if (left == 0) {
                nextByte();
            }
            left--;
            value = value << 1 | (current >> left & 1);
        }
        return value;
    }

    /** ue(v), at most 2^32 - 2. */
    long exponential() {
        int prefix = 0;
        while (!flag()) {
            if (++prefix > LONGEST_PREFIX) {
                throw new BufferUnderflowException();
            }
        }
        return (1L << prefix) - 1 + unsigned(prefix);
    }

    /** se(v). */
    long signedExponential() {
        long code = exponential();
        return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
    }

    void skipUnsigned(int count) {
        unsigned(count);
    }

    /** Skips this many ue(v); se(v) have the same length. */
    void skipExponentials(long count) {
        for (long i = 0; i < count; i++) {
            exponential();
        }
    }

    private void nextByte() {
        current = bytes.get() & 0xFF;
        if (zeros >= 2 && current == EMULATION_PREVENTION) {
            zeros = 0;
            current = bytes.get() & 0xFF;
        }
        zeros = current == 0 ? zeros + 1 : 0;
        left = Byte.SIZE;
    }
}
