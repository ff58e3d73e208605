package dev.sightline.source.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The delimiter between the parts of a multipart body (RFC 2046, 5.1.1), as cameras write it: the dashes may be part of the
 * declared boundary, and the actual one may differ from it.
 */
final class Delimiter {
    static final String DASHES = "--";
    /** RFC 2046 allows 70. */
    static final int LONGEST = 256;

    private static final String PARAMETER = "boundary=";
    /** A shorter one might occur in a picture, unless it begins a line. */
    private static final int SAFE = 6;

    private final byte[] text;
    private final boolean atLineStart;

    private Delimiter(String text) {
        this.text = text.getBytes(StandardCharsets.ISO_8859_1);
        this.atLineStart = text.length() < SAFE;
    }

    /** The delimiter of a content type; empty if it names no usable one. */
    static Optional<Delimiter> ofContentType(String type) {
        int at = type.toLowerCase(Locale.ROOT).indexOf(PARAMETER);
        if (at < 0) {
            return Optional.empty();
        }
        String value = type.substring(at + PARAMETER.length()).strip();
        int end = value.startsWith("\"") ? value.indexOf('"', 1) : value.indexOf(';');
        String boundary =
                (end < 0 ? value : value.substring(0, end)).replace("\"", "").strip();
        return of(boundary.startsWith(DASHES) ? boundary : DASHES + boundary);
    }

    /** The delimiter that a line with two leading dashes seems to be; a header may follow it. */
    static Optional<Delimiter> ofLine(String line) {
        int header = line.toLowerCase(Locale.ROOT).indexOf("content-");
        return of((header < 0 ? line : line.substring(0, header)).strip());
    }

    private static Optional<Delimiter> of(String text) {
        return text.length() <= DASHES.length() || text.length() > LONGEST
                ? Optional.empty()
                : Optional.of(new Delimiter(text));
    }

    /** Its length in bytes. */
    int length() {
        return text.length;
    }

    /** Whether it stands at this position. */
    boolean isAt(byte[] bytes, int from, int to) {
        return from + text.length <= to && matches(bytes, from, text.length);
    }

    /** Whether the bytes from this position to the end may be its beginning. */
    boolean mayBeAt(byte[] bytes, int from, int to) {
        return from + text.length > to && matches(bytes, from, to - from);
    }

    /** Its first position within a picture; -1 if there is none. */
    int find(byte[] bytes, int from, int to) {
        for (int at = from; at + text.length <= to; at++) {
            if (bytes[at] == '-' && isAt(bytes, at, to) && (!atLineStart || at > 0 && bytes[at - 1] == '\n')) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(byte[] bytes, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
