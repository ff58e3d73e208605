package dev.sightline.codec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes pictures sent as text: base64 as in {@link LenientBase64}, plain or in a data URL (RFC 2397) from a canvas's {@code
 * toDataURL}.
 */
public final class PictureText {
    private static final String SCHEME = "data:";
    private static final String BASE64 = "base64";
    private static final int MOST_BEFORE_COMMA = 1024;

    private PictureText() {}

    /**
     * The decoded bytes, not checked yet.
     *
     * @return empty for {@code data:,}, the data URL of an empty canvas
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
        if (!isBase64(stripped.substring(SCHEME.length(), comma))) {
            throw new PictureException("this data URL is not in base64");
        }
        return Optional.of(base64(data.indexOf('%') < 0 ? data : percentDecoded(data)));
    }

    /** Whether {@code base64} is among the attributes between the scheme and the comma. */
    private static boolean isBase64(String described) {
        return Arrays.stream(described.split(";", -1))
                .anyMatch(each -> each.strip().equalsIgnoreCase(BASE64));
    }

    private static byte[] base64(String text) throws PictureException {
        return LenientBase64.decode(text).orElseThrow(() -> new PictureException(explanation(text)));
    }

    private static String explanation(String text) {
        return text.startsWith("b'") || text.startsWith("b\"")
                ? "this text is not base64 but Python's way to show bytes, b'…': send the bytes themselves, or"
                        + " base64.b64encode(picture).decode()"
                : "this text is not a picture in base64";
    }

    /** The data of a URL may be percent-encoded (RFC 3986 section 2.1); it is not a form, so a plus is not a space. */
    private static String percentDecoded(String data) throws PictureException {
        try {
            return URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new PictureException("this data URL has a % that is followed by no two hexadecimal digits");
        }
    }
}
