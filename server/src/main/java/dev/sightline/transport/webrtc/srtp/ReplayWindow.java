package dev.sightline.transport.webrtc.srtp;

import java.util.Arrays;

/** Which of the latest 1024 packets of one SSRC have come (RFC 3711 section 3.3.2), and their highest index. */
final class ReplayWindow {
    static final int SIZE = 1024;

    private static final int HALF = 0x8000;
    private static final int ROUND = 0x1_0000;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /** The index nearest to the latest that ends in this sequence number (RFC 3711 section 3.3.1). */
    long index(int sequence) {
        return nearest(highest, sequence);
    }

    static long nearest(long highest, int sequence) {
        if (highest < 0) {
            return sequence;
        }
        long index = highest & -ROUND | sequence;
        if (index - highest > HALF && index >= ROUND) {
            return index - ROUND;
        }
        return highest - index > HALF ? index + ROUND : index;
    }

    /** Whether it has come, or is too old to tell. */
    boolean contains(long index) {
        return index <= highest && (highest - index >= SIZE || (seen[word(index)] & bit(index)) != 0);
    }

    /** Adds the index of an authentic packet. */
    void add(long index) {
        if (index - highest >= SIZE) {
            Arrays.fill(seen, 0);
            highest = index;
        }
        while (highest < index) {
            highest++;
            seen[word(highest)] &= ~bit(highest);
        }
        seen[word(index)] |= bit(index);
    }

    private static int word(long index) {
        return (int) (index % SIZE) / Long.SIZE;
    }

    private static long bit(long index) {
        return 1L << index;
    }
}
