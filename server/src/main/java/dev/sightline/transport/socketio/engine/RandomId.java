package dev.sightline.transport.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable names. */
public final class RandomId {
    private static final int BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomId() {}

    /** A name of 20 characters that may be used in a query. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
