package dev.sightline.transport.webrtc.link;

import java.security.SecureRandom;

/** A user fragment and a password of this side, made at random (RFC 8445 section 5.3). */
record IceCredentials(String ufrag, String password) {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int UFRAG_LETTERS = 8;
    private static final int PASSWORD_LETTERS = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    static IceCredentials random() {
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
