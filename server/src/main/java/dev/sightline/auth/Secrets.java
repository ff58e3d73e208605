package dev.sightline.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random secrets, and the hashes by which they are kept: with 256 random bits, nobody finds them from their hash. */
final class Secrets {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    /** Without letters that look alike; 20 of them are 98 bits. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LETTERS_OF_PASSWORD = 20;
    private static final int LETTERS_OF_GROUP = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A secret for a cookie, token or link. */
    static String next() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    /** The id of a thing that has a secret, itself none. */
    static String id() {
        return HexFormat.of().formatHex(bytes(ID_BYTES));
    }

    /** A password for people to type. */
    static String password() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LETTERS_OF_PASSWORD; i++) {
            if (i > 0 && i % LETTERS_OF_GROUP == 0) {
                password.append('-');
            }
            password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The SHA-256 of a secret, in hexadecimal. */
    static String hash(String secret) {
        try {
            byte[] text = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
