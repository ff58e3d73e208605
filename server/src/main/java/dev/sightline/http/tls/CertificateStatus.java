package dev.sightline.http.tls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The status of a server's certificate.
 *
 * @param names host names and addresses it is valid for
 * @param expires when it ends
 * @param issuer its issuer
 * @param issuerFingerprint SHA-256 of the last certificate of the chain, in hexadecimal with colons
 * @param problem why a newer one could not be used, if so
 */
public record CertificateStatus(
        List<String> names, Instant expires, String issuer, String issuerFingerprint, Optional<String> problem) {

    public CertificateStatus {
        names = List.copyOf(names);
    }
}
