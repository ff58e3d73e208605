package dev.sightline.transport.webrtc.link;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import java.util.Optional;

/** Whom a transport expects, and who came: the one may be known before the other. Safe for use by any thread. */
final class PeerCertificate {
    private Optional<Fingerprint> expected;
    private Optional<byte[]> presented = Optional.empty();

    PeerCertificate(Optional<Fingerprint> expected) {
        this.expected = expected;
    }

    /** Says whom to expect; false if another is there. */
    synchronized boolean expect(Fingerprint fingerprint) {
        expected = Optional.of(fingerprint);
        return fits();
    }

    /** Whether it has been said whom to expect. */
    synchronized boolean isExpected() {
        return expected.isPresent();
    }

    /** Takes the certificate that the peer has shown; false if another was expected. */
    synchronized boolean present(byte[] certificate) {
        presented = Optional.of(certificate);
        return fits();
    }

    private boolean fits() {
        return expected.isEmpty() || presented.isEmpty() || expected.get().matches(presented.get());
    }
}
