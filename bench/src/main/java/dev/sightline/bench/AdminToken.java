package dev.sightline.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The token of whoever may do everything on a server that a bench has started. */
public final class AdminToken {
    /** Itself. */
    public static final String TEXT = "the-token-of-who-may-do-everything";

    private AdminToken() {}

    /** What a configuration has of it: {@code tokens: {bench: {token-hash: …, may: [admin]}}}. */
    public static String entry() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.US_ASCII));
            return "tokens: {bench: {token-hash: " + HexFormat.of().formatHex(hash) + ", may: [admin]}}";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
