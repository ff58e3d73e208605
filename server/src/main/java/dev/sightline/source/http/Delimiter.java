package dev.sightline.source.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands between the parts of a multipart body (RFC 2046, 5.1.1), as cameras write it: the dashes may be part of the
 * declared boundary, and what is declared need not be what comes.
 */
final class Delimiter {
    static final String DASHES = "--";
    /** RFC 2046 allows 70. */
    static final int LONGEST = 256;

    private static final String PARAMETER = "boundary=";
    /** A shorter one might occur in a picture, unless a line begins with it. */
    private static final int SAFE = 6;

    private final byte[] text;
    private final boolean atLineStart;

    private Delimiter(String text) {
        this.text = text.getBytes(StandardCharsets.ISO_8859_1);
        this.atLineStart = text.length() < SAFE;
    }

    /** That of a content type; empty where it names none that is of use. */
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

    /** That which a line seems to be, which begins with two dashes; a header may follow on it. */
    static Optional<Delimiter> ofLine(String line) {
        int header = line.toLowerCase(Locale.ROOT).indexOf("content-");
        return of((header < 0 ? line : line.substring(0, header)).strip());
    }

    private static Optional<Delimiter> of(String text) {
        return text.length() <= DASHES.length() || text.length() > LONGEST
                ? Optional.empty()
                : Optional.of(new Delimiter(text));
    }

    /** How many bytes it has. */
    int length() {
        return text.length;
    }

    /** Whether it stands at a place of what has come. */
    boolean isAt(byte[] bytes, int from, int to) {
        return from + text.length <= to && matches(bytes, from, text.length);
    }

    /** Whether as much of it stands at the end of what has come as there is room for. */
    boolean mayBeAt(byte[] bytes, int from, int to) {
        return from + text.length > to && matches(bytes, from, to - from);
    }

    /** Where it stands first within a picture; -1 where it does not. */
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
