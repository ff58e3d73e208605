package dev.sightline.testkit.webrtc;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The fixed header of an RTP packet (RFC 3550), which is readable without a key.
 *
 * @param payloadType 0 to 127
 * @param marker set on a picture's last packet
 * @param sequence 0 to 65535
 * @param timestamp 0 to 2<sup>32</sup> - 1, at 90 kHz
 * @param ssrc the sender's number for this row of packets
 */
public record RtpHeader(int payloadType, boolean marker, int sequence, long timestamp, int ssrc) {
    static final int FIXED = 12;

    private static final int ONE_BYTE_EXTENSIONS = 0xBEDE;

    static RtpHeader read(ByteBuf packet) {
        int at = packet.readerIndex();
        int second = packet.getUnsignedByte(at + 1);
        return new RtpHeader(
                second & 0x7F,
                second >= 0x80,
                packet.getUnsignedShort(at + 2),
                packet.getUnsignedInt(at + 4),
                packet.getInt(at + 8));
    }

    /** Where the payload begins. */
    static int payloadStart(byte[] packet) {
        int at = FIXED + 4 * (packet[0] & 0x0F);
        return (packet[0] & 0x10) == 0 ? at : at + 4 + 4 * int16(packet, at + 2);
    }

    /** Where the payload ends: before the padding. */
    static int payloadEnd(byte[] packet) {
        return (packet[0] & 0x20) == 0 ? packet.length : packet.length - (packet[packet.length - 1] & 0xFF);
    }

    /** The header extensions of one byte's head (RFC 8285), by their numbers. */
    static Map<Integer, byte[]> extensions(byte[] packet) {
        Map<Integer, byte[]> found = new HashMap<>();
        int at = FIXED + 4 * (packet[0] & 0x0F);
        if ((packet[0] & 0x10) == 0 || int16(packet, at) != ONE_BYTE_EXTENSIONS) {
            return found;
        }
        int end = payloadStart(packet);
        for (at += 4; at < end; ) {
            int id = (packet[at] & 0xFF) >> 4;
            int length = id == 0 ? 0 : (packet[at] & 0x0F) + 1;
            if (id != 0) {
                byte[] value = new byte[length];
                System.arraycopy(packet, at + 1, value, 0, length);
                found.put(id, value);
            }
            at += 1 + length;
        }
        return found;
    }

    /** The transport-wide sequence number, if the packet has one; found without copying. */
    static OptionalInt transportSequence(ByteBuf packet) {
        int at = packet.readerIndex() + FIXED;
        if ((packet.getByte(packet.readerIndex()) & 0x10) == 0 || packet.getUnsignedShort(at) != ONE_BYTE_EXTENSIONS) {
            return OptionalInt.empty();
        }
        int end = at + 4 + 4 * packet.getUnsignedShort(at + 2);
        for (at += 4; at < end; ) {
            int head = packet.getUnsignedByte(at);
            if (head >> 4 == LocalDescription.TRANSPORT_SEQUENCE) {
                return OptionalInt.of(packet.getUnsignedShort(at + 1));
            }
            at += head == 0 ? 1 : 2 + (head & 0x0F);
        }
        return OptionalInt.empty();
    }

    static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    static int int32(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }
}
