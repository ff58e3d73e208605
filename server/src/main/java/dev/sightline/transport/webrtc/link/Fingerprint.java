package dev.sightline.transport.webrtc.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A certificate's hash as an SDP has it (RFC 8122 section 5).
 *
 * @param kind in lower case
 * @param hash as many bytes as the kind has
 */
record Fingerprint(String kind, byte[] hash) {
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();
    private static final Map<String, Integer> BYTES = Map.of("sha-1", 20, "sha-256", 32, "sha-384", 48, "sha-512", 64);

    /**
     * Reads the value of {@code a=fingerprint}.
     *
     * @throws IllegalArgumentException if it is none, or of an unknown kind
     */
    static Fingerprint parse(String text) {
        String[] parts = text.trim().split("\\s+", 2);
        String kind = parts[0].toLowerCase(Locale.ROOT);
        Integer bytes = BYTES.get(kind);
        if (bytes == null || parts.length != 2 || parts[1].length() != 3 * bytes - 1) {
            throw unreadable(text);
        }
        try {
            return new Fingerprint(kind, PAIRS.parseHex(parts[1]));
        } catch (IllegalArgumentException e) {
            throw unreadable(text);
        }
    }

    static Fingerprint sha256(byte[] certificate) {
        return new Fingerprint("sha-256", hashed("sha-256", certificate));
    }

    boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash, hashed(kind, certificate));
    }

    @Override
    public String toString() {
        return kind + ' ' + PAIRS.formatHex(hash);
    }

    private static byte[] hashed(String kind, byte[] certificate) {
        try {
            return MessageDigest.getInstance(kind).digest(certificate);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + kind, e);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new IllegalArgumentException(
                "'" + shown
                        + "' is no fingerprint: one is, for example, sha-256 and 32 pairs of hexadecimal digits with colons between");
    }
}
