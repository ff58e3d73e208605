package dev.sightline.transport.webrtc.srtp;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master key and salt of one direction, from which all others are derived (RFC 3711 section 4.3).
 *
 * @param salt 12 or 14 bytes, by the profile
 */
record SrtpKeys(SrtpProfile profile, byte[] key, byte[] salt) {
    private static final int BLOCK_BYTES = 16;
    private static final int LABEL_AT = 7;

    /** The purpose of a derived key, by its label. */
    enum Use {
        RTP_CIPHER(0),
        RTP_AUTHENTICATION(1),
        RTP_SALT(2),
        RTCP_CIPHER(3),
        RTCP_AUTHENTICATION(4),
        RTCP_SALT(5);

        private final int label;

        Use(int label) {
            this.label = label;
        }
    }

    /** The keys with which this side protects media. */
    static SrtpKeys ours(SrtpKeyingMaterial material) {
        return part(material.profile(), material.bytes(), material.client() ? 0 : 1);
    }

    /** The keys with which the peer protects media. */
    static SrtpKeys theirs(SrtpKeyingMaterial material) {
        return part(material.profile(), material.bytes(), material.client() ? 1 : 0);
    }

    private static SrtpKeys part(SrtpProfile profile, byte[] material, int side) {
        int key = side * SrtpProfile.KEY_BYTES;
        int salt = 2 * SrtpProfile.KEY_BYTES + side * profile.saltBytes();
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(material, key, key + SrtpProfile.KEY_BYTES),
                Arrays.copyOfRange(material, salt, salt + profile.saltBytes()));
    }

    byte[] derive(Use use, int bytes) throws GeneralSecurityException {
        byte[] start = Arrays.copyOf(salt, BLOCK_BYTES);
        start[LABEL_AT] ^= (byte) use.label;
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
        return cipher.doFinal(new byte[bytes]);
    }

    PacketCipher cipher() throws GeneralSecurityException {
        return switch (profile) {
            case AEAD_AES_128_GCM -> new GcmPackets(this);
            case AES_128_CM_HMAC_SHA1_80 -> new CounterPackets(this);
        };
    }
}
