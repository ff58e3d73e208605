package dev.sightline.codec;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Pictures that came as text: base64 (RFC 4648 section 4), alone or in a data URL (RFC 2397) as a canvas's
 * {@code toDataURL} gives it.
 */
public final class PictureText {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";
    private static final int MOST_BEFORE_COMMA = 200;

    private PictureText() {}

    /**
     * The bytes that a text stands for, not yet judged.
     *
     * @return empty for {@code data:,}, which is what an empty canvas says of itself
     * @throws PictureException if the text is neither base64 nor a data URL with base64 in it
     */
    public static Optional<byte[]> decode(String text) throws PictureException {
        String stripped = text.strip();
        if (!stripped.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(base64(stripped));
        }
        int comma = stripped.indexOf(',');
        if (comma < 0 || comma > MOST_BEFORE_COMMA) {
            throw new PictureException("this data URL has no comma before its picture");
        }
        String data = stripped.substring(comma + 1);
        if (data.isEmpty()) {
            return Optional.empty();
        }
        if (!stripped.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            throw new PictureException("this data URL is not in base64");
        }
        return Optional.of(base64(data));
    }

    private static byte[] base64(String text) throws PictureException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new PictureException("this text is not a picture in base64");
        }
    }
}
