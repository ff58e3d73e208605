package dev.sightline.transport.webrtc.link;

import dev.sightline.transport.webrtc.parameters.BigEndian;

/** What encryption must know of RTP (RFC 3550 section 5.1): how much of a packet is its header. */
final class Rtp {
    static final int MIN_RTCP_BYTES = 8;

    private static final int FIXED_BYTES = 12;
    private static final int EXTENSION_FLAG = 0x10;
    private static final int EXTENSION_HEAD_BYTES = 4;
    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    private Rtp() {}

    /** How long the header is with its extension; -1 if the packet is too short for it. */
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

    /** Whether a packet on a port of both is RTCP (RFC 5761 section 4), by its second byte. */
    static boolean isRtcp(byte second) {
        int type = second & 0xff;
        return type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE;
    }
}
