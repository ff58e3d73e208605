package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes compound RTCP packets, one after another, into its own array. A compound begins with a sender's or a receiver's report
 * (RFC 3550, 6.1). Used on the media thread.
 */
final class RtcpWriter {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;
    static final int NACK = 1;
    static final int TRANSPORT_WIDE = 15;
    static final int PLI = 1;
    static final int FIR = 4;
    static final int APPLICATION = 15;

    /** The most sequence numbers in one NACK, so that the compound fits into one datagram. */
    static final int MOST_NACKS = 250;

    private static final int GREATEST_CNAME = 255;
    private static final int GREATEST_MANTISSA = 0x3FFFF;

    private final byte[] packet = new byte[1_400];
    private final long ssrc;
    private int size;

    /** Creates a writer for one source. */
    RtcpWriter(long ssrc) {
        this.ssrc = ssrc;
    }

    /** Begins a new compound. */
    RtcpWriter begin() {
        size = 0;
        return this;
    }

    RtcpWriter senderReport(long ntp, long rtpTimestamp, long packets, long octets) {
        header(0, SENDER_REPORT, 24);
        put32(ssrc);
        put32(ntp >>> 32);
        put32(ntp);
        put32(rtpTimestamp);
        put32(packets);
        put32(octets);
        return this;
    }

    RtcpWriter receiverReport(Optional<ReportBlock> block) {
        header(block.isPresent() ? 1 : 0, RECEIVER_REPORT, block.isPresent() ? 28 : 4);
        put32(ssrc);
        block.ifPresent(this::put);
        return this;
    }

    RtcpWriter cname(String cname) {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(name.length, GREATEST_CNAME);
        int items = 2 + length;
        int padded = items + 4 - (items & 3);
        header(1, SOURCE_DESCRIPTION, 4 + padded);
        put32(ssrc);
        packet[size] = 1;
        packet[size + 1] = (byte) length;
        System.arraycopy(name, 0, packet, size + 2, length);
        Arrays.fill(packet, size + items, size + padded, (byte) 0);
        size += padded;
        return this;
    }

    RtcpWriter bye() {
        header(1, BYE, 4);
        put32(ssrc);
        return this;
    }

    /** Requests the first {@link #MOST_NACKS} of the given ascending sequence numbers. */
    RtcpWriter nack(long mediaSsrc, int[] seqs, int count) {
        int start = size;
        header(NACK, TRANSPORT_FEEDBACK, 8);
        put32(ssrc);
        put32(mediaSsrc);
        int most = Math.min(count, MOST_NACKS);
        for (int i = 0; i < most; ) {
            int first = seqs[i++];
            int rest = 0;
            for (; i < most && (seqs[i] - first & 0xFFFF) <= 16; i++) {
                rest |= 1 << (seqs[i] - first - 1 & 0xFFFF);
            }
            put32((long) first << 16 | rest);
        }
        BigEndian.put16(packet, start + 2, (size - start) / 4 - 1);
        return this;
    }

    RtcpWriter pictureLoss(long mediaSsrc) {
        header(PLI, PAYLOAD_FEEDBACK, 8);
        put32(ssrc);
        put32(mediaSsrc);
        return this;
    }

    RtcpWriter remb(long bitsPerSecond, long mediaSsrc) {
        int exponent = 0;
        long mantissa = bitsPerSecond;
        for (; mantissa > GREATEST_MANTISSA; mantissa >>= 1) {
            exponent++;
        }
        header(APPLICATION, PAYLOAD_FEEDBACK, 20);
        put32(ssrc);
        put32(0);
        put32(0x52454D42);
        put32(1L << 24 | (long) exponent << 18 | mantissa);
        put32(mediaSsrc);
        return this;
    }

    void to(PacketSink sink) {
        sink.rtcp(packet, 0, size);
    }

    private void put(ReportBlock block) {
        put32(block.ssrc());
        put32((long) block.fractionLost() << 24 | block.cumulativeLost() & 0xFF_FFFF);
        put32(block.highestSeq());
        put32(block.jitter());
        put32(block.lastReport());
        put32(block.sinceLastReport());
    }

    private void header(int count, int type, int body) {
        packet[size] = (byte) (0x80 | count);
        packet[size + 1] = (byte) type;
        BigEndian.put16(packet, size + 2, body / 4);
        size += 4;
    }

    private void put32(long value) {
        BigEndian.put32(packet, size, value);
        size += 4;
    }
}
