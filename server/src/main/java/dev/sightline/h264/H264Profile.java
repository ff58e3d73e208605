package dev.sightline.h264;

import java.util.Locale;
import java.util.Optional;

/** The profiles of H.264 that WebRTC peers name, from the least demanding (RFC 6184 section 8.1, table 5). */
public enum H264Profile {
    /** Supported by every decoder. */
    CONSTRAINED_BASELINE,
    /** With tools for lossy networks, which are hardly ever used. */
    BASELINE,
    /** With interlacing and CABAC. */
    MAIN,
    /** High without interlacing and B-frames. */
    CONSTRAINED_HIGH,
    /** With 8x8 transforms. */
    HIGH;

    /** The default of a format without a profile: constrained baseline, level 3.1, as in browsers. */
    public static final String BY_DEFAULT = "42e01f";

    private static final int CONSTRAINT_0 = 0x80;
    private static final int CONSTRAINT_1 = 0x40;
    private static final int CONSTRAINTS_4_AND_5 = 0x0C;

    /** The profile of a {@code profile-level-id}; empty if it is none of these. */
    public static Optional<H264Profile> of(String profileLevelId) {
        if (!profileLevelId.toLowerCase(Locale.ROOT).matches("[0-9a-f]{6}")) {
            return Optional.empty();
        }
        int constraints = Integer.parseInt(profileLevelId.substring(2, 4), 16);
        return of(Integer.parseInt(profileLevelId.substring(0, 2), 16), constraints);
    }

    /**
     * The profile of a stream, from its sequence parameter set.
     *
     * @param profileIdc the set's first byte
     * @param constraints the second
     */
    static Optional<H264Profile> of(int profileIdc, int constraints) {
        boolean plain = (constraints & CONSTRAINT_1) != 0;
        return switch (profileIdc) {
            case 0x42 -> Optional.of(plain ? CONSTRAINED_BASELINE : BASELINE);
            case 0x4D -> Optional.of((constraints & CONSTRAINT_0) != 0 ? CONSTRAINED_BASELINE : MAIN);
            case 0x58 ->
                (constraints & CONSTRAINT_0) != 0
                        ? Optional.of(plain ? CONSTRAINED_BASELINE : BASELINE)
                        : Optional.empty();
            case 0x64 ->
                Optional.of((constraints & CONSTRAINTS_4_AND_5) == CONSTRAINTS_4_AND_5 ? CONSTRAINED_HIGH : HIGH);
            default -> Optional.empty();
        };
    }

    /** Whether a decoder of this profile also decodes a stream of another. */
    public boolean takes(H264Profile stream) {
        return switch (stream) {
            case CONSTRAINED_BASELINE -> true;
            case BASELINE -> this == BASELINE;
            case MAIN -> this == MAIN || this == HIGH;
            case CONSTRAINED_HIGH -> this == CONSTRAINED_HIGH || this == HIGH;
            case HIGH -> this == HIGH;
        };
    }
}
