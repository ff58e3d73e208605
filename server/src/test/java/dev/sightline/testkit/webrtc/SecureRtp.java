package dev.sightline.testkit.webrtc;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * SRTP and SRTCP in both directions (RFC 3711). For one thread at a time. What is too short for its tag makes the JDK's
 * ciphers throw all kinds of things; all of them mean forged here.
 */
final class SecureRtp {
    private static final int ROUND = 1 << 16;

    private final SrtpKeys sending;
    private final SrtpKeys receiving;

    /** The highest index by SSRC. */
    private final Map<Integer, Long> in = new HashMap<>();

    private final Map<Integer, Long> out = new HashMap<>();
    private int controlIndex;

    private SecureRtp(SrtpKeys sending, SrtpKeys receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    /** How many bytes of keys a DTLS client exports. */
    static int materialLength(SrtpProfile profile) {
        return 2 * (SrtpProfile.KEY + profile.salt());
    }

    /** With the keys that a DTLS client exports: its key, the server's, its salt, the server's. */
    static SecureRtp ofClient(SrtpProfile profile, byte[] material) {
        int key = SrtpProfile.KEY;
        int salt = profile.salt();
        return new SecureRtp(
                profile.keys(part(material, 0, key), part(material, 2 * key, salt)),
                profile.keys(part(material, key, key), part(material, 2 * key + salt, salt)));
    }

    /** The same keys seen from the server's side. */
    static SecureRtp ofServer(SrtpProfile profile, byte[] material) {
        SecureRtp client = ofClient(profile, material);
        return new SecureRtp(client.receiving, client.sending);
    }

    /** A packet of media decrypted; empty if it is forged. */
    Optional<byte[]> openRtp(byte[] packet) {
        try {
            int ssrc = RtpHeader.int32(packet, 8);
            long index = index(in, ssrc, RtpHeader.int16(packet, 2));
            byte[] opened = receiving.openRtp(packet, index);
            in.merge(ssrc, index, Math::max);
            return Optional.of(opened);
        } catch (GeneralSecurityException | RuntimeException forged) {
            return Optional.empty();
        }
    }

    /** Control packets decrypted; empty if they are forged. */
    Optional<byte[]> openRtcp(byte[] packet) {
        try {
            return Optional.of(receiving.openRtcp(packet));
        } catch (GeneralSecurityException | RuntimeException forged) {
            return Optional.empty();
        }
    }

    /** A packet of media encrypted. */
    byte[] sealRtp(byte[] packet) {
        try {
            int ssrc = RtpHeader.int32(packet, 8);
            long index = index(out, ssrc, RtpHeader.int16(packet, 2));
            out.merge(ssrc, index, Math::max);
            return sending.sealRtp(packet, index);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Control packets encrypted. */
    byte[] sealRtcp(byte[] packet) {
        try {
            return sending.sealRtcp(packet, controlIndex++);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The index near the highest one that ends in the sequence number. */
    private static long index(Map<Integer, Long> highest, int ssrc, int sequence) {
        Long known = highest.get(ssrc);
        if (known == null) {
            return sequence;
        }
        long guess = known & -ROUND | sequence;
        if (guess - known > ROUND / 2 && guess >= ROUND) {
            return guess - ROUND;
        }
        return known - guess > ROUND / 2 ? guess + ROUND : guess;
    }

    private static byte[] part(byte[] material, int from, int length) {
        return Arrays.copyOfRange(material, from, from + length);
    }
}
