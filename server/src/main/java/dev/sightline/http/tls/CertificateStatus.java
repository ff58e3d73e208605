package dev.sightline.http.tls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a server's certificate is doing.
 *
 * @param names host names and addresses it is good for
 * @param expires when it ends
 * @param issuer who vouches for it
 * @param issuerFingerprint SHA-256 of the last certificate of the chain, in hexadecimal with colons
 * @param problem why a newer one could not be taken, if so
 */
public record CertificateStatus(
        List<String> names, Instant expires, String issuer, String issuerFingerprint, Optional<String> problem) {

    /** Copies the list. */
    public CertificateStatus {
        names = List.copyOf(names);
    }
}
