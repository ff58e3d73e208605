package dev.sightline.codec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pictures that came as text: base64 as {@link LenientBase64} takes it, alone or in a data URL (RFC 2397) as a canvas's
 * {@code toDataURL} gives it.
 */
public final class PictureText {
    private static final String SCHEME = "data:";
    private static final String BASE64 = "base64";
    private static final int MOST_BEFORE_COMMA = 1024;

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
        if (!isBase64(stripped.substring(SCHEME.length(), comma))) {
            throw new PictureException("this data URL is not in base64");
        }
        return Optional.of(base64(data.indexOf('%') < 0 ? data : percentDecoded(data)));
    }

    /** Whether {@code base64} is among what stands between the scheme and the comma. */
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

    /** The data of a URL may be percent-encoded (RFC 3986 section 2.1); there is no form in it, whose plus is a space. */
    private static String percentDecoded(String data) throws PictureException {
        try {
            return URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new PictureException("this data URL has a % that is followed by no two hexadecimal digits");
        }
    }
}
