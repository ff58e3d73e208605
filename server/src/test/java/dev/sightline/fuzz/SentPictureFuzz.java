package dev.sightline.fuzz;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.codec.PictureText;
import java.nio.charset.StandardCharsets;

/** Any bytes are a picture's header, or text that stands for a picture, or are refused; nothing else is thrown. */
public final class SentPictureFuzz {
    private SentPictureFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            PictureHeader.of(input);
        } catch (PictureException e) {
            // said so
        }
        try {
            PictureText.decode(new String(input, StandardCharsets.ISO_8859_1));
        } catch (PictureException e) {
            // said so
        }
    }
}
