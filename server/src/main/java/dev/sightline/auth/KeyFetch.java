package dev.sightline.auth;

import java.io.IOException;

/** Fetches an issuer's public keys, by whatever rules hold for the server's own requests. */
@FunctionalInterface
public interface KeyFetch {
    /** Fetches nothing. */
    KeyFetch NONE = address -> {
        throw new IOException("nothing is fetched here");
    };

    /**
     * The text at an address; may take some seconds, and no more.
     *
     * @throws IOException if there is none, or it is too long
     */
    String fetch(String address) throws IOException;
}
