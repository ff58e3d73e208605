package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Bye;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.FullIntraRequest;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Nack;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.PictureLoss;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.Remb;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SenderReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.SourceDescription;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.TransportWide;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads compound RTCP packets (RFC 3550, 4585, 5104) and counts malformed ones. Unknown kinds are ignored. One per session,
 * used on the media thread.
 */
public final class RtcpReader {
    private static final int HEADER_SIZE = 4;
    private static final int BLOCK_SIZE = 24;
    private static final long REMB_NAME = 0x52454D42;
    private static final int CNAME_ITEM = 1;

    private long malformed;

    public RtcpReader() {}

    /** The packets of the compound in the given range, in order; empty if any of it is malformed. */
    public List<RtcpPacket> read(byte[] compound, int offset, int length) {
        List<RtcpPacket> packets = new ArrayList<>();
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int size = sizeAt(compound, at, end);
            if (size == 0 || !readOne(compound, at, at + size - padding(compound, at, size), packets)) {
                malformed++;
                return List.of();
            }
            at += size;
        }
        return packets;
    }

    /** The number of compound packets that were discarded as malformed. */
    public long malformed() {
        return malformed;
    }

    /** The size of the packet there; 0 if there is none or it exceeds the received bytes. */
    private static int sizeAt(byte[] bytes, int at, int end) {
        if (end - at < HEADER_SIZE || BigEndian.u8(bytes, at) >> 6 != 2) {
            return 0;
        }
        int size = HEADER_SIZE + 4 * BigEndian.u16(bytes, at + 2);
        return size > end - at || padding(bytes, at, size) > size - HEADER_SIZE ? 0 : size;
    }

    private static int padding(byte[] bytes, int at, int size) {
        return (BigEndian.u8(bytes, at) & 0x20) == 0 ? 0 : BigEndian.u8(bytes, at + size - 1);
    }

    private static boolean readOne(byte[] bytes, int at, int end, List<RtcpPacket> packets) {
        int count = BigEndian.u8(bytes, at) & 0x1F;
        int body = at + HEADER_SIZE;
        return switch (BigEndian.u8(bytes, at + 1)) {
            case RtcpWriter.SENDER_REPORT -> senderReport(bytes, body, end, count, packets);
            case RtcpWriter.RECEIVER_REPORT -> receiverReport(bytes, body, end, count, packets);
            case RtcpWriter.SOURCE_DESCRIPTION -> sourceDescription(bytes, body, end, count, packets);
            case RtcpWriter.BYE -> bye(bytes, body, end, count, packets);
            case RtcpWriter.TRANSPORT_FEEDBACK -> transportLayer(bytes, body, end, count, packets);
            case RtcpWriter.PAYLOAD_FEEDBACK -> payloadFeedback(bytes, body, end, count, packets);
            default -> true;
        };
    }

    private static boolean senderReport(byte[] bytes, int body, int end, int count, List<RtcpPacket> packets) {
        if (end - body < 24 + count * BLOCK_SIZE) {
            return false;
        }
        packets.add(new SenderReport(
                BigEndian.u32(bytes, body),
                BigEndian.u32(bytes, body + 4) << 32 | BigEndian.u32(bytes, body + 8),
                BigEndian.u32(bytes, body + 12),
                BigEndian.u32(bytes, body + 16),
                BigEndian.u32(bytes, body + 20),
                blocks(bytes, body + 24, count)));
        return true;
    }

    private static boolean receiverReport(byte[] bytes, int body, int end, int count, List<RtcpPacket> packets) {
        if (end - body < 4 + count * BLOCK_SIZE) {
            return false;
        }
        packets.add(new ReceiverReport(BigEndian.u32(bytes, body), blocks(bytes, body + 4, count)));
        return true;
    }

    private static List<ReportBlock> blocks(byte[] bytes, int start, int count) {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int at = start; blocks.size() < count; at += BLOCK_SIZE) {
            blocks.add(new ReportBlock(
                    BigEndian.u32(bytes, at),
                    BigEndian.u8(bytes, at + 4),
                    BigEndian.u24(bytes, at + 5) << 8 >> 8,
                    BigEndian.u32(bytes, at + 8),
                    BigEndian.u32(bytes, at + 12),
                    BigEndian.u32(bytes, at + 16),
                    BigEndian.u32(bytes, at + 20)));
        }
        return blocks;
    }

    private static boolean sourceDescription(byte[] bytes, int body, int end, int count, List<RtcpPacket> packets) {
        int at = body;
        for (int chunk = 0; chunk < count; chunk++) {
            if (end - at < 4) {
                return false;
            }
            long ssrc = BigEndian.u32(bytes, at);
            at += 4;
            while (at < end && bytes[at] != 0) {
                if (end - at < 2 || end - at - 2 < BigEndian.u8(bytes, at + 1)) {
                    return false;
                }
                int length = BigEndian.u8(bytes, at + 1);
                if (bytes[at] == CNAME_ITEM) {
                    String cname = new String(bytes, at + 2, length, StandardCharsets.UTF_8);
                    packets.add(new SourceDescription(ssrc, cname));
                }
                at += 2 + length;
            }
            at += 4 - (at - body & 3);
        }
        return true;
    }

    private static boolean bye(byte[] bytes, int body, int end, int count, List<RtcpPacket> packets) {
        if (end - body < 4 * count) {
            return false;
        }
        packets.add(new Bye(ssrcs(bytes, body, count)));
        return true;
    }

    private static List<Long> ssrcs(byte[] bytes, int start, int count) {
        List<Long> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(BigEndian.u32(bytes, start + 4 * i));
        }
        return ssrcs;
    }

    private static boolean transportLayer(byte[] bytes, int body, int end, int format, List<RtcpPacket> packets) {
        return switch (format) {
            case RtcpWriter.NACK -> nack(bytes, body, end, packets);
            case RtcpWriter.TRANSPORT_WIDE ->
                end - body >= 8
                        && TransportFeedbackReader.read(bytes, body + 8, end)
                                .map(feedback ->
                                        packets.add(new TransportWide(BigEndian.u32(bytes, body + 4), feedback)))
                                .isPresent();
            default -> true;
        };
    }

    private static boolean nack(byte[] bytes, int body, int end, List<RtcpPacket> packets) {
        if (end - body < 8) {
            return false;
        }
        List<Integer> seqs = new ArrayList<>();
        for (int at = body + 8; at + 4 <= end; at += 4) {
            int first = BigEndian.u16(bytes, at);
            seqs.add(first);
            for (int rest = BigEndian.u16(bytes, at + 2), seq = first + 1; rest != 0; rest >>= 1, seq++) {
                if ((rest & 1) != 0) {
                    seqs.add(seq & 0xFFFF);
                }
            }
        }
        packets.add(new Nack(BigEndian.u32(bytes, body + 4), seqs));
        return true;
    }

    private static boolean payloadFeedback(byte[] bytes, int body, int end, int format, List<RtcpPacket> packets) {
        if (end - body < 8) {
            return false;
        }
        return switch (format) {
            case RtcpWriter.PLI -> packets.add(new PictureLoss(BigEndian.u32(bytes, body + 4)));
            case RtcpWriter.FIR -> fullIntraRequests(bytes, body + 8, end, packets);
            case RtcpWriter.APPLICATION -> remb(bytes, body + 8, end, packets);
            default -> true;
        };
    }

    private static boolean fullIntraRequests(byte[] bytes, int start, int end, List<RtcpPacket> packets) {
        for (int at = start; at + 8 <= end; at += 8) {
            packets.add(new FullIntraRequest(BigEndian.u32(bytes, at), BigEndian.u8(bytes, at + 4)));
        }
        return true;
    }

    /** Messages of other applications have another name, and are ignored. */
    private static boolean remb(byte[] bytes, int at, int end, List<RtcpPacket> packets) {
        if (end - at < 8 || BigEndian.u32(bytes, at) != REMB_NAME) {
            return true;
        }
        int count = BigEndian.u8(bytes, at + 4);
        if (end - at < 8 + 4 * count) {
            return false;
        }
        int exponent = BigEndian.u8(bytes, at + 5) >> 2;
        long mantissa = BigEndian.u24(bytes, at + 5) & 0x3FFFF;
        long bits = exponent > 44 ? Long.MAX_VALUE : mantissa << exponent;
        packets.add(new Remb(bits, ssrcs(bytes, at + 8, count)));
        return true;
    }
}
