package dev.sightline.http.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/** Where an identity comes from. Used by one thread at a time. */
interface CertificateSource {

    /**
     * The identity to go on with, if it is another than before; the first call always has one.
     *
     * @throws TlsException if there should be another, and cannot be
     */
    Optional<Identity> news();

    /** How often to ask. */
    Duration period();

    /** The certificate to be installed by those who are to trust this server; empty where others vouch for it. */
    Optional<X509Certificate> authority();
}
