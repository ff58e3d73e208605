package dev.sightline.transport.webrtc.srtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import dev.sightline.transport.webrtc.srtp.SrtpKeys.Use;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Counter Mode with HMAC-SHA1 of 80 bits (RFC 3711), which every SRTP implementation supports. */
final class CounterPackets implements PacketCipher {
    private static final int SALT_BYTES = 14;
    private static final int TAG_BYTES = 10;
    private static final int RTCP_CLEAR_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int ENCRYPTED = 0x8000_0000;

    private final Half rtp;
    private final Half rtcp;

    CounterPackets(SrtpKeys keys) throws GeneralSecurityException {
        this.rtp = new Half(
                keys.derive(Use.RTP_CIPHER, SrtpProfile.KEY_BYTES),
                keys.derive(Use.RTP_AUTHENTICATION, Half.MAC_BYTES),
                keys.derive(Use.RTP_SALT, SALT_BYTES));
        this.rtcp = new Half(
                keys.derive(Use.RTCP_CIPHER, SrtpProfile.KEY_BYTES),
                keys.derive(Use.RTCP_AUTHENTICATION, Half.MAC_BYTES),
                keys.derive(Use.RTCP_SALT, SALT_BYTES));
    }

    @Override
    public int sealRtp(byte[] packet, int offset, int clear, int length, int ssrc, long index, byte[] sealed)
            throws GeneralSecurityException {
        System.arraycopy(packet, offset, sealed, 0, clear);
        rtp.cipher(ssrc, index).doFinal(packet, offset + clear, length - clear, sealed, clear);
        byte[] tag = rtp.tag(sealed, length, (int) (index >> 16));
        System.arraycopy(tag, 0, sealed, length, TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(byte[] packet, int clear, int length, int ssrc, long index) throws GeneralSecurityException {
        int end = length - TAG_BYTES;
        if (end < clear) {
            throw new SignatureException("no tag");
        }
        check(rtp.tag(packet, end, (int) (index >> 16)), packet, end);
        rtp.cipher(ssrc, index).doFinal(packet, clear, end - clear, packet, clear);
        return end;
    }

    @Override
    public int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index, byte[] sealed)
            throws GeneralSecurityException {
        int rest = length - RTCP_CLEAR_BYTES;
        System.arraycopy(packet, offset, sealed, 0, RTCP_CLEAR_BYTES);
        rtcp.cipher(ssrc, index).doFinal(packet, offset + RTCP_CLEAR_BYTES, rest, sealed, RTCP_CLEAR_BYTES);
        int word = index | ENCRYPTED;
        BigEndian.put32(sealed, length, word);
        System.arraycopy(rtcp.tag(sealed, length, word), 0, sealed, length + INDEX_BYTES, TAG_BYTES);
        return length + INDEX_BYTES + TAG_BYTES;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc) throws GeneralSecurityException {
        int end = length - TAG_BYTES - INDEX_BYTES;
        check(rtcp.tag(packet, end, BigEndian.int32(packet, end)), packet, length - TAG_BYTES);
        rtcp.cipher(ssrc, rtcpIndex(packet, length))
                .doFinal(packet, RTCP_CLEAR_BYTES, end - RTCP_CLEAR_BYTES, packet, RTCP_CLEAR_BYTES);
        return end;
    }

    @Override
    public int rtcpIndex(byte[] packet, int length) {
        if (length < RTCP_CLEAR_BYTES + TAG_BYTES + INDEX_BYTES) {
            return -1;
        }
        int found = BigEndian.int32(packet, length - TAG_BYTES - INDEX_BYTES);
        return (found & ENCRYPTED) == 0 ? -1 : found & ~ENCRYPTED;
    }

    private static void check(byte[] tag, byte[] packet, int at) throws SignatureException {
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= tag[i] ^ packet[at + i];
        }
        if (difference != 0) {
            throw new SignatureException("not authentic");
        }
    }

    /** The keys for RTP, or those for RTCP. */
    private static final class Half {
        private static final int MAC_BYTES = 20;
        private static final int BLOCK_BYTES = 16;

        private final SecretKeySpec key;
        private final byte[] salt;
        private final byte[] start = new byte[BLOCK_BYTES];
        private final byte[] last = new byte[INDEX_BYTES];
        private final byte[] tag = new byte[MAC_BYTES];
        private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        private final Mac mac = Mac.getInstance("HmacSHA1");

        Half(byte[] key, byte[] authentication, byte[] salt) throws GeneralSecurityException {
            this.key = new SecretKeySpec(key, "AES");
            this.salt = salt;
            mac.init(new SecretKeySpec(authentication, "HmacSHA1"));
        }

        /** RFC 3711 section 4.1.1. */
        private Cipher cipher(int ssrc, long index) throws GeneralSecurityException {
            System.arraycopy(salt, 0, start, 0, SALT_BYTES);
            BigEndian.xor32(start, 4, ssrc);
            BigEndian.xor16(start, 8, (int) (index >> 32));
            BigEndian.xor32(start, 10, (int) index);
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
            return cipher;
        }

        private byte[] tag(byte[] packet, int length, int and) throws GeneralSecurityException {
            BigEndian.put32(last, 0, and);
            mac.update(packet, 0, length);
            mac.update(last, 0, INDEX_BYTES);
            mac.doFinal(tag, 0);
            return tag;
        }
    }
}
