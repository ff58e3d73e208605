package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.BigEndian;

/** The numbers of STUN (RFC 8489) and of its use by ICE (RFC 8445 section 7.1). */
final class Stun {
    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    static final int HEADER_BYTES = 20;
    static final int COOKIE_AT = 4;
    static final int COOKIE = 0x2112_a442;
    static final int TRANSACTION_AT = 8;
    static final int TRANSACTION_BYTES = 12;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;

    static final int ATTRIBUTE_HEAD_BYTES = 4;
    static final int INTEGRITY_BYTES = 20;
    static final int FINGERPRINT_BYTES = 4;
    static final int FINGERPRINT_MASK = 0x5354_554e;

    private Stun() {}

    /** Whether this can be a STUN message, judged by its first bytes and length (RFC 8489 section 6.3). */
    static boolean isMessage(byte[] packet, int length) {
        return length >= HEADER_BYTES
                && (packet[0] & 0xc0) == 0
                && BigEndian.int32(packet, COOKIE_AT) == COOKIE
                && BigEndian.u16(packet, 2) == length - HEADER_BYTES
                && length % 4 == 0;
    }

    /** An attribute's length with padding to whole words. */
    static int padded(int length) {
        return length + 3 & ~3;
    }
}
