package dev.sightline.transport.webrtc.parameters;

import java.util.Arrays;
import java.util.Optional;

/** The ways of protecting media that we speak (RFC 5764 section 4.1.2, RFC 7714 section 14.2), the best first. */
public enum SrtpProfile {
    /** AES in Galois/Counter Mode (RFC 7714). */
    AEAD_AES_128_GCM(7, 12),
    /** AES in Counter Mode with HMAC-SHA1 of 80 bits (RFC 3711). */
    AES_128_CM_HMAC_SHA1_80(1, 14);

    /** How long the master key of each is. */
    public static final int KEY_BYTES = 16;

    private final int number;
    private final int saltBytes;

    SrtpProfile(int number, int saltBytes) {
        this.number = number;
        this.saltBytes = saltBytes;
    }

    /** The best of those that a peer offers, by their numbers. */
    public static Optional<SrtpProfile> best(int... offered) {
        return Arrays.stream(values())
                .filter(profile -> Arrays.stream(offered).anyMatch(each -> each == profile.number))
                .findFirst();
    }

    /** What we offer. */
    public static int[] numbers() {
        return Arrays.stream(values()).mapToInt(SrtpProfile::number).toArray();
    }

    /** That of the extension use_srtp. */
    public int number() {
        return number;
    }

    /** How long its master salt is. */
    public int saltBytes() {
        return saltBytes;
    }

    /** How much keying material both directions need. */
    public int materialBytes() {
        return 2 * (KEY_BYTES + saltBytes);
    }
}
