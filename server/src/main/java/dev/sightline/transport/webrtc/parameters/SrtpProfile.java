package dev.sightline.transport.webrtc.parameters;

import java.util.Arrays;
import java.util.Optional;

/** The SRTP protection profiles we support (RFC 5764 section 4.1.2, RFC 7714 section 14.2), best first. */
public enum SrtpProfile {
    /** AES in Galois/Counter Mode (RFC 7714). */
    AEAD_AES_128_GCM(7, 12),
    /** AES in Counter Mode with HMAC-SHA1 of 80 bits (RFC 3711). */
    AES_128_CM_HMAC_SHA1_80(1, 14);

    /** The length of each master key. */
    public static final int KEY_BYTES = 16;

    private final int number;
    private final int saltBytes;

    SrtpProfile(int number, int saltBytes) {
        this.number = number;
        this.saltBytes = saltBytes;
    }

    /** The best of the profiles that a peer offers, by their numbers. */
    public static Optional<SrtpProfile> best(int... offered) {
        return Arrays.stream(values())
                .filter(profile -> Arrays.stream(offered).anyMatch(each -> each == profile.number))
                .findFirst();
    }

    /** The numbers of the profiles we offer. */
    public static int[] numbers() {
        return Arrays.stream(values()).mapToInt(SrtpProfile::number).toArray();
    }

    /** The number in the extension use_srtp. */
    public int number() {
        return number;
    }

    /** The length of the master salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** The length of the keying material for both directions. */
    public int materialBytes() {
        return 2 * (KEY_BYTES + saltBytes);
    }
}
