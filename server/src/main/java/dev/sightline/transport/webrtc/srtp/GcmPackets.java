package dev.sightline.transport.webrtc.srtp;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import dev.sightline.transport.webrtc.srtp.SrtpKeys.Use;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois/Counter Mode (RFC 7714), by the JDK's ciphers, which use processor instructions. */
final class GcmPackets implements PacketCipher {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int SALT_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int TAG_BITS = 8 * TAG_BYTES;
    private static final int RTCP_CLEAR_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int ENCRYPTED = 0x8000_0000;

    private final Half rtp;
    private final Half rtcp;
    private final byte[] word = new byte[INDEX_BYTES];

    GcmPackets(SrtpKeys keys) throws GeneralSecurityException {
        this(
                new Half(keys.derive(Use.RTP_CIPHER, SrtpProfile.KEY_BYTES), keys.derive(Use.RTP_SALT, SALT_BYTES)),
                new Half(keys.derive(Use.RTCP_CIPHER, SrtpProfile.KEY_BYTES), keys.derive(Use.RTCP_SALT, SALT_BYTES)));
    }

    GcmPackets(Half rtp, Half rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    @Override
    public int sealRtp(byte[] packet, int offset, int clear, int length, int ssrc, long index, byte[] sealed)
            throws GeneralSecurityException {
        rtp.nonce(ssrc, (int) (index >> 16), (int) index & 0xffff);
        Cipher cipher = rtp.sealing();
        System.arraycopy(packet, offset, sealed, 0, clear);
        cipher.updateAAD(packet, offset, clear);
        return clear + cipher.doFinal(packet, offset + clear, length - clear, sealed, clear);
    }

    @Override
    public int openRtp(byte[] packet, int clear, int length, int ssrc, long index) throws GeneralSecurityException {
        rtp.nonce(ssrc, (int) (index >> 16), (int) index & 0xffff);
        Cipher cipher = rtp.opening();
        cipher.updateAAD(packet, 0, clear);
        return clear + cipher.doFinal(packet, clear, length - clear, packet, clear);
    }

    @Override
    public int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index, byte[] sealed)
            throws GeneralSecurityException {
        rtcp.nonce(ssrc, index >> 16, index & 0xffff);
        Cipher cipher = rtcp.sealing();
        System.arraycopy(packet, offset, sealed, 0, RTCP_CLEAR_BYTES);
        BigEndian.put32(word, 0, index | ENCRYPTED);
        cipher.updateAAD(packet, offset, RTCP_CLEAR_BYTES);
        cipher.updateAAD(word);
        int end = RTCP_CLEAR_BYTES
                + cipher.doFinal(
                        packet, offset + RTCP_CLEAR_BYTES, length - RTCP_CLEAR_BYTES, sealed, RTCP_CLEAR_BYTES);
        System.arraycopy(word, 0, sealed, end, INDEX_BYTES);
        return end + INDEX_BYTES;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc) throws GeneralSecurityException {
        int index = rtcpIndex(packet, length);
        int end = length - INDEX_BYTES;
        rtcp.nonce(ssrc, index >> 16, index & 0xffff);
        Cipher cipher = rtcp.opening();
        cipher.updateAAD(packet, 0, RTCP_CLEAR_BYTES);
        cipher.updateAAD(packet, end, INDEX_BYTES);
        return RTCP_CLEAR_BYTES
                + cipher.doFinal(packet, RTCP_CLEAR_BYTES, end - RTCP_CLEAR_BYTES, packet, RTCP_CLEAR_BYTES);
    }

    @Override
    public int rtcpIndex(byte[] packet, int length) {
        if (length < RTCP_CLEAR_BYTES + TAG_BYTES + INDEX_BYTES) {
            return -1;
        }
        int found = BigEndian.int32(packet, length - INDEX_BYTES);
        return (found & ENCRYPTED) == 0 ? -1 : found & ~ENCRYPTED;
    }

    /** The key and the salt for RTP, or those for RTCP. */
    static final class Half {
        private final SecretKeySpec key;
        private final byte[] salt;
        private final byte[] nonce = new byte[SALT_BYTES];
        private Cipher cipher = Cipher.getInstance(CIPHER);

        Half(byte[] key, byte[] salt) throws GeneralSecurityException {
            this.key = new SecretKeySpec(key, "AES");
            this.salt = salt;
        }

        /** RFC 7714 sections 8.1 and 9.1; for RTCP, the index is the number's two halves. */
        private void nonce(int ssrc, int high, int low) {
            System.arraycopy(salt, 0, nonce, 0, SALT_BYTES);
            BigEndian.xor32(nonce, 2, ssrc);
            BigEndian.xor32(nonce, 6, high);
            BigEndian.xor16(nonce, 10, low);
        }

        private Cipher sealing() throws GeneralSecurityException {
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            } catch (InvalidAlgorithmParameterException e) {
                // The JDK refuses the same nonce twice in a row. It is the same packet again, which reveals nothing.
                cipher = Cipher.getInstance(CIPHER);
                cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            }
            return cipher;
        }

        private Cipher opening() throws GeneralSecurityException {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher;
        }
    }
}
