package dev.sightline.transport.webrtc.parameters;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The digest of a DTLS certificate (RFC 8122 section 5).
 *
 * @param hash the hash function in lower case, for example {@code sha-256}
 * @param digest pairs of hexadecimal digits in upper case with colons between
 */
public record Fingerprint(String hash, String digest) {
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();
    private static final Map<String, Integer> BYTES = Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64);
    private static final Pattern DIGEST = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2})*+");

    /**
     * Parses {@code sha-256 AB:CD:…}; empty for a hash function that is unsafe or unknown here.
     *
     * @throws IllegalArgumentException if the digest does not fit its hash function; the message is a sentence for the sender
     */
    public static Optional<Fingerprint> parse(String value) {
        String[] words = value.strip().split("\\s+", 3);
        String hash = words[0].toLowerCase(Locale.ROOT);
        Integer bytes = BYTES.get(hash);
        if (bytes == null) {
            return Optional.empty();
        }
        String digest = words.length == 2 ? words[1].toUpperCase(Locale.ROOT) : "";
        if (digest.length() != bytes * 3 - 1 || !DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("the fingerprint is not a " + hash + " digest: it has " + bytes
                    + " bytes in hexadecimal digits with colons between");
        }
        return Optional.of(new Fingerprint(hash, digest));
    }

    /** The fingerprint of a certificate in its DER form, by the hash function that every peer supports. */
    public static Fingerprint sha256(byte[] certificate) {
        return new Fingerprint("sha-256", digest("sha-256", certificate));
    }

    /** Whether it is this certificate's fingerprint. */
    public boolean matches(byte[] certificate) {
        return digest.equals(digest(hash, certificate));
    }

    /** {@code sha-256 AB:CD:…}. */
    @Override
    public String toString() {
        return hash + " " + digest;
    }

    private static String digest(String hash, byte[] certificate) {
        try {
            return PAIRS.formatHex(MessageDigest.getInstance(hash).digest(certificate));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + hash, e);
        }
    }
}
