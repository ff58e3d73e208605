package dev.sightline.http.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/** Provides the server's identity. Used by one thread at a time. */
interface CertificateSource {

    /**
     * The identity to use from now on, if it has changed; the first call always returns one.
     *
     * @throws TlsException if there should be another one, but it cannot be used
     */
    Optional<Identity> news();

    /** How often to ask. */
    Duration period();

    /** The certificate to install on devices that should trust this server; empty if others vouch for it. */
    Optional<X509Certificate> authority();
}
