package dev.sightline.fuzz;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.codec.PictureText;
import dev.sightline.picture.PictureEnd;
import dev.sightline.picture.PictureKind;
import java.nio.charset.StandardCharsets;

/** Any bytes are a picture's header, or what one begins with, or text that stands for a picture, or are refused; nothing else is thrown. */
public final class SentPictureFuzz {
    private SentPictureFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            PictureKind.at(input, 0, input.length).ifPresent(kind -> look(kind, input));
        }
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

    /** Where it ends, and what it costs, is the same when it comes in two parts. */
    private static void look(PictureKind kind, byte[] input) {
        PictureEnd whole = kind.end();
        PictureEnd parts = kind.end();
        int end = whole.find(input, input.length);
        int first = parts.find(input, Math.min(input.length, PictureKind.LONGEST_MARK + input.length / 2));
        if (first == PictureEnd.NOT_YET
                && (parts.find(input, input.length) != end || !parts.excess().equals(whole.excess()))) {
            throw new IllegalStateException("in two parts it is another picture");
        }
    }
}
