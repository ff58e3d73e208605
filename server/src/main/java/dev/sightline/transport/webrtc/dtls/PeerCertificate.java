package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import java.util.Optional;

/** Whom a handshake expects, and who came: the one may be known before the other. Safe for use by any thread. */
public final class PeerCertificate {
    /** Why a handshake fails, or a transport ends, whose peer is another. */
    public static final String WRONG_FINGERPRINT =
            "wrong fingerprint: the peer has shown another certificate than its SDP named";

    private Optional<Fingerprint> expected;
    private Optional<byte[]> presented = Optional.empty();

    /** @param expected empty if it is not known yet whom to expect */
    public PeerCertificate(Optional<Fingerprint> expected) {
        this.expected = expected;
    }

    /** Says whom to expect; false if another is there. */
    public synchronized boolean expect(Fingerprint fingerprint) {
        expected = Optional.of(fingerprint);
        return fits();
    }

    /** Whether it has been said whom to expect. */
    public synchronized boolean isExpected() {
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
