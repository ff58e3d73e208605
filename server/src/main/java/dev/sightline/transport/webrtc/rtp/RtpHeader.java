package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.util.Optional;

/**
 * The header of an RTP packet as it was read (RFC 3550, 5.1), with the place of its payload in the array it was read
 * from.
 *
 * @param seq 0 to 65,535
 * @param timestamp 0 to 2<sup>32</sup> - 1
 * @param ssrc 0 to 2<sup>32</sup> - 1
 * @param payloadOffset where the payload begins
 * @param payloadLength in bytes, without padding
 */
public record RtpHeader(
        boolean marker, int payloadType, int seq, long timestamp, long ssrc, int payloadOffset, int payloadLength) {
    /** Bytes of a header without sources and extension. */
    static final int FIXED_SIZE = 12;

    private static final int EXTENSION_HEADER_SIZE = 4;

    /** Reads the header of the packet at the given place; empty if that is no RTP packet. */
    public static Optional<RtpHeader> read(byte[] packet, int offset, int length) {
        if (length < FIXED_SIZE || BigEndian.u8(packet, offset) >> 6 != 2) {
            return Optional.empty();
        }
        int end = offset + length;
        int first = BigEndian.u8(packet, offset);
        int payload = offset + FIXED_SIZE + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (payload + EXTENSION_HEADER_SIZE > end) {
                return Optional.empty();
            }
            payload += EXTENSION_HEADER_SIZE + 4 * BigEndian.u16(packet, payload + 2);
        }
        int padding = (first & 0x20) != 0 ? BigEndian.u8(packet, end - 1) : 0;
        boolean padded = (first & 0x20) == 0 || padding > 0;
        if (payload + padding > end || !padded) {
            return Optional.empty();
        }
        return Optional.of(new RtpHeader(
                (BigEndian.u8(packet, offset + 1) & 0x80) != 0,
                BigEndian.u8(packet, offset + 1) & 0x7F,
                BigEndian.u16(packet, offset + 2),
                BigEndian.u32(packet, offset + 4),
                BigEndian.u32(packet, offset + 8),
                payload,
                end - padding - payload));
    }
}
