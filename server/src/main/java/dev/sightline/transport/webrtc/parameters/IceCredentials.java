package dev.sightline.transport.webrtc.parameters;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * What a side signs its connectivity checks with (RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String ufrag, String password) {
    private static final Pattern UFRAG = Pattern.compile("[!-~]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{22,256}");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int UFRAG_LETTERS = 8;
    private static final int PASSWORD_LETTERS = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the values of an SDP.
     *
     * @throws IllegalArgumentException if one of them is too short or too long; the message is a sentence for the sender
     */
    public static IceCredentials parse(String ufrag, String password) {
        if (!UFRAG.matcher(ufrag).matches() || !PASSWORD.matcher(password).matches()) {
            throw new IllegalArgumentException("ice-ufrag has 4 to 256 characters, and ice-pwd 22 to 256");
        }
        return new IceCredentials(ufrag, password);
    }

    /** Creates credentials for this side (RFC 8445 section 5.3). */
    public static IceCredentials random() {
        return new IceCredentials(letters(UFRAG_LETTERS), letters(PASSWORD_LETTERS));
    }

    private static String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
