package dev.sightline.transport.webrtc.srtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;

/** The part of RTP that encryption needs (RFC 3550 section 5.1): the length of a packet's header. */
final class Rtp {
    static final int MIN_RTCP_BYTES = 8;

    private static final int FIXED_BYTES = 12;
    private static final int EXTENSION_FLAG = 0x10;
    private static final int EXTENSION_HEAD_BYTES = 4;

    private Rtp() {}

    /** The length of the header with its extension; -1 if the packet is too short for it. */
    static int headerBytes(byte[] packet, int offset, int length) {
        if (length < FIXED_BYTES) {
            return -1;
        }
        int header = FIXED_BYTES + 4 * (packet[offset] & 0x0f);
        if ((packet[offset] & EXTENSION_FLAG) != 0) {
            if (length < header + EXTENSION_HEAD_BYTES) {
                return -1;
            }
            header += EXTENSION_HEAD_BYTES + 4 * BigEndian.u16(packet, offset + header + 2);
        }
        return header <= length ? header : -1;
    }

    static int sequence(byte[] packet, int offset) {
        return BigEndian.u16(packet, offset + 2);
    }

    static int ssrc(byte[] packet, int offset) {
        return BigEndian.int32(packet, offset + 8);
    }

    static int rtcpSsrc(byte[] packet, int offset) {
        return BigEndian.int32(packet, offset + 4);
    }
}
