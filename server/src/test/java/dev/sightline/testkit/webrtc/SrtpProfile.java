package dev.sightline.testkit.webrtc;

import org.bouncycastle.tls.SRTPProtectionProfile;

/** How media is encrypted, as DTLS agrees on it (RFC 5764, RFC 7714). */
public enum SrtpProfile {
    /** AES-128-GCM. */
    AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 12) {
        @Override
        SrtpKeys keys(byte[] key, byte[] salt) {
            return new GcmKeys(key, salt);
        }
    },
    /** AES-128 in counter mode, HMAC-SHA1 of 80 bits. */
    AES128_CM_HMAC_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 14) {
        @Override
        SrtpKeys keys(byte[] key, byte[] salt) {
            return new CounterKeys(key, salt);
        }
    };

    static final int KEY = 16;

    private final int id;
    private final int salt;

    SrtpProfile(int id, int salt) {
        this.id = id;
        this.salt = salt;
    }

    /** One direction's keys. */
    abstract SrtpKeys keys(byte[] key, byte[] salt);

    /** Its number in the extension {@code use_srtp}. */
    int id() {
        return id;
    }

    /** Length of the salt in bytes. */
    int salt() {
        return salt;
    }
}
