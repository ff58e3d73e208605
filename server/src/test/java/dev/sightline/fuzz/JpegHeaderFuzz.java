package dev.sightline.fuzz;

import dev.sightline.frame.JpegHeader;

/** Any bytes are a JPEG's header or are not; nothing is thrown. */
public final class JpegHeaderFuzz {
    private JpegHeaderFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        JpegHeader.of(input).ifPresent(JpegHeader::tooLarge);
    }
}
