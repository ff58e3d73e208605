package dev.sightline.worker;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One message between server and worker: a small JSON text, an encoded frame, or both. The arrays are shared, not copied:
 * nobody may change them.
 *
 * @param kind what it is, up to 32 of {@code a-z 0-9 -}
 * @param json UTF-8, at most {@value #MOST_JSON} bytes; empty for none
 * @param body at most {@value #MOST_BODY} bytes; empty for none
 */
public record Message(String kind, byte[] json, byte[] body) {
    /** The longest JSON, in bytes. */
    public static final int MOST_JSON = 256 << 10;
    /** The longest body, in bytes: the largest picture that the server takes. */
    public static final int MOST_BODY = 33 << 20;

    static final int MOST_KIND = 32;
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1," + MOST_KIND + "}");
    private static final byte[] NOTHING = {};

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is exceeded
     */
    public Message {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("a message's kind is 1 to " + MOST_KIND + " of a-z, 0-9 and -");
        }
        if (json.length > MOST_JSON || body.length > MOST_BODY) {
            throw new IllegalArgumentException("a message '" + kind + "' of " + json.length + " and " + body.length
                    + " bytes is too long; " + MOST_JSON + " and " + MOST_BODY + " are allowed");
        }
    }

    /** A message that says no more than its kind. */
    public static Message of(String kind) {
        return new Message(kind, NOTHING, NOTHING);
    }

    /** A message without a body. */
    public static Message of(String kind, String json) {
        return new Message(kind, json.getBytes(StandardCharsets.UTF_8), NOTHING);
    }

    /** A message with a body. */
    public static Message of(String kind, String json, byte[] body) {
        return new Message(kind, json.getBytes(StandardCharsets.UTF_8), body);
    }

    /** The JSON as text; empty for none. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }

    int bytes() {
        return json.length + body.length;
    }
}
