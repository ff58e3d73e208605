package dev.sightline.source.ffmpeg;

/** Reads the bits of a NAL unit's payload, first the highest of each byte (ITU-T H.264, sections 7.2 and 9.1). */
final class BitReader {
    private static final int LONGEST_EXP_GOLOMB = 31;

    private final byte[] bytes;
    private int position;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * One bit.
     *
     * @throws IndexOutOfBoundsException if there are no more; so do all others
     */
    boolean flag() {
        int bit = bytes[position / 8] >> 7 - position % 8 & 1;
        position++;
        return bit == 1;
    }

    /** An unsigned number of so many bits, 32 at most. */
    long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | (flag() ? 1 : 0);
        }
        return value;
    }

    /** An unsigned number in Exp-Golomb code: {@code ue(v)}. */
    long unsigned() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > LONGEST_EXP_GOLOMB) {
                throw new IndexOutOfBoundsException("an Exp-Golomb code too long");
            }
        }
        return (1L << zeros) - 1 + bits(zeros);
    }

    /** A signed number in Exp-Golomb code: {@code se(v)}. */
    long signed() {
        long code = unsigned();
        return code % 2 == 0 ? -code / 2 : code / 2 + 1;
    }
}
