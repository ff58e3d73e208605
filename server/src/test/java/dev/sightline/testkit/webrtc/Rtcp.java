package dev.sightline.testkit.webrtc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Writes the control packets that a receiver of video sends (RFC 3550, RFC 4585, RFC 5104, the REMB draft). */
final class Rtcp {
    static final int SENDER_REPORT = 200;
    static final int GOODBYE = 203;

    private static final int RECEIVER_REPORT = 201;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;
    private static final int NACK = 1;
    private static final int TRANSPORT_WIDE = 15;
    private static final int PLI = 1;
    private static final int FIR = 4;
    private static final int APPLICATION = 15;
    private static final int REMB = 'R' << 24 | 'E' << 16 | 'M' << 8 | 'B';
    private static final int MANTISSA_BITS = 18;

    private Rtcp() {}

    /**
     * A report on one row of packets.
     *
     * @param lostOf256 how many of 256 packets were lost since the last report
     * @param lost packets lost in all
     * @param highest the highest sequence number, extended to 32 bits
     * @param lastReport the middle 32 bits of the time in the sender's last report; 0 for none
     * @param delay since that report, in 65536ths of a second
     */
    static byte[] receiverReport(int own, int media, int lostOf256, int lost, int highest, int lastReport, int delay) {
        return head(1, RECEIVER_REPORT, 32)
                .putInt(own)
                .putInt(media)
                .putInt(lostOf256 << 24 | lost & 0xFF_FFFF)
                .putInt(highest)
                .putInt(0)
                .putInt(lastReport)
                .putInt(delay)
                .array();
    }

    /** What the way to us is believed to carry. */
    static byte[] remb(int own, int media, long bitsPerSecond) {
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - MANTISSA_BITS);
        return head(APPLICATION, PAYLOAD_FEEDBACK, 24)
                .putInt(own)
                .putInt(0)
                .putInt(REMB)
                .putInt(1 << 24 | exponent << MANTISSA_BITS | (int) (bitsPerSecond >> exponent))
                .putInt(media)
                .array();
    }

    /** Asks for a keyframe because of a loss. */
    static byte[] pli(int own, int media) {
        return head(PLI, PAYLOAD_FEEDBACK, 12).putInt(own).putInt(media).array();
    }

    /** Asks for a keyframe in any case; each demand has a number of its own. */
    static byte[] fir(int own, int media, int number) {
        return head(FIR, PAYLOAD_FEEDBACK, 20)
                .putInt(own)
                .putInt(0)
                .putInt(media)
                .putInt(number << 24)
                .array();
    }

    /** Asks for packets again, given in ascending order. */
    static byte[] nack(int own, int media, List<Long> sequences) {
        ByteBuffer items = ByteBuffer.allocate(4 * sequences.size());
        for (int i = 0; i < sequences.size(); ) {
            long first = sequences.get(i++);
            int following = 0;
            while (i < sequences.size() && sequences.get(i) - first <= 16) {
                following |= 1 << (int) (sequences.get(i++) - first - 1);
            }
            items.putShort((short) first).putShort((short) following);
        }
        byte[] written = Arrays.copyOf(items.array(), items.position());
        return head(NACK, TRANSPORT_FEEDBACK, 12 + written.length)
                .putInt(own)
                .putInt(media)
                .put(written)
                .array();
    }

    /**
     * When packets arrived.
     *
     * @param first transport-wide sequence number
     * @param reference time of the first arrival, in multiples of 64 ms
     * @param message its number
     * @param chunks of 16 bits: whether packets arrived
     * @param deltas between arrivals
     */
    static byte[] transportFeedback(
            int own, int media, int first, long reference, int message, int[] chunks, byte[] deltas, int count) {
        int length = 20 + 2 * chunks.length + deltas.length;
        ByteBuffer written = head(TRANSPORT_WIDE, TRANSPORT_FEEDBACK, (length + 3) / 4 * 4)
                .putInt(own)
                .putInt(media)
                .putShort((short) first)
                .putShort((short) count)
                .putInt((int) reference << 8 | message & 0xFF);
        for (int chunk : chunks) {
            written.putShort((short) chunk);
        }
        return written.put(deltas).array();
    }

    /** Several in one datagram. */
    static byte[] together(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static ByteBuffer head(int count, int type, int length) {
        return ByteBuffer.allocate(length)
                .put((byte) (0x80 | count))
                .put((byte) type)
                .putShort((short) (length / 4 - 1));
    }
}
