package dev.sightline.transport.webrtc.link;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** The ways of protecting media that we speak (RFC 5764 section 4.1.2, RFC 7714 section 14.2), the best first. */
enum SrtpProfile {
    AEAD_AES_128_GCM(7, 12) {
        @Override
        PacketCipher cipher(SrtpKeys keys) throws GeneralSecurityException {
            return new GcmPackets(keys);
        }
    },
    AES_128_CM_HMAC_SHA1_80(1, 14) {
        @Override
        PacketCipher cipher(SrtpKeys keys) throws GeneralSecurityException {
            return new CounterPackets(keys);
        }
    };

    static final int KEY_BYTES = 16;

    /** What encryption adds to a packet at most: a tag and, to RTCP, an index. */
    static final int MAX_OVERHEAD_BYTES = 20;

    private final int number;
    private final int saltBytes;

    SrtpProfile(int number, int saltBytes) {
        this.number = number;
        this.saltBytes = saltBytes;
    }

    /** The best of those that a peer offers, by their numbers. */
    static Optional<SrtpProfile> best(int... offered) {
        for (SrtpProfile profile : values()) {
            for (int each : offered) {
                if (each == profile.number) {
                    return Optional.of(profile);
                }
            }
        }
        return Optional.empty();
    }

    /** What we offer. */
    static int[] numbers() {
        return Arrays.stream(values()).mapToInt(SrtpProfile::number).toArray();
    }

    int number() {
        return number;
    }

    int saltBytes() {
        return saltBytes;
    }

    /** How much keying material both directions need. */
    int materialBytes() {
        return 2 * (KEY_BYTES + saltBytes);
    }

    abstract PacketCipher cipher(SrtpKeys keys) throws GeneralSecurityException;
}
