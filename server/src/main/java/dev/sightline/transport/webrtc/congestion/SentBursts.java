package dev.sightline.transport.webrtc.congestion;

/**
 * Stores when packets were sent, by their transport-wide sequence numbers: one entry for packets that were sent together, for
 * the last 1,024 of them. It is written for each frame and viewer, so it is small and contiguous.
 */
final class SentBursts {
    static final int NONE = -1;

    private static final int BURSTS = 1_024;

    // The fields of a burst in the array of longs.
    private static final int FIRST_SEQ = 0;
    private static final int COUNT = 1;
    private static final int BYTES = 2;
    private static final int SENT_NANOS = 3;
    private static final int FIELDS = 4;

    private final long[] bursts = new long[BURSTS * FIELDS];
    private int next;
    private int size;
    private int found;

    /** These many packets were sent together; {@code firstSeq} follows the last burst's numbers. */
    void add(long firstSeq, int count, int bytes, long nowNanos) {
        int at = next * FIELDS;
        bursts[at + FIRST_SEQ] = firstSeq;
        bursts[at + COUNT] = count;
        bursts[at + BYTES] = bytes;
        bursts[at + SENT_NANOS] = nowNanos;
        next = next + 1 & BURSTS - 1;
        size = Math.min(size + 1, BURSTS);
    }

    /** The burst with this packet; {@link #NONE} if it is unknown or too old. Quick for a packet after the one asked for last. */
    int of(long seq) {
        if (!holds(found, seq)) {
            int following = found + 1 & BURSTS - 1;
            found = holds(following, seq) ? following : search(seq);
        }
        return holds(found, seq) ? found : NONE;
    }

    private boolean holds(int burst, long seq) {
        return burst != NONE && seq >= firstSeq(burst) && seq - firstSeq(burst) < count(burst);
    }

    private int search(long seq) {
        int newer = 1;
        int older = size;
        while (newer <= older) {
            int back = (newer + older) >>> 1;
            int burst = next - back & BURSTS - 1;
            long after = seq - firstSeq(burst);
            if (after < 0) {
                newer = back + 1;
            } else if (after < count(burst)) {
                return burst;
            } else {
                older = back - 1;
            }
        }
        return NONE;
    }

    long firstSeq(int burst) {
        return bursts[burst * FIELDS + FIRST_SEQ];
    }

    int count(int burst) {
        return (int) bursts[burst * FIELDS + COUNT];
    }

    long sentNanos(int burst) {
        return bursts[burst * FIELDS + SENT_NANOS];
    }

    /** The mean size of its packets in bytes, which differ by a byte at most. */
    double packetBytes(int burst) {
        return (double) bursts[burst * FIELDS + BYTES] / count(burst);
    }
}
