package dev.sightline.transport.webrtc.dtls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import java.util.Optional;

/** The certificate a handshake expects, and the one that came; either may be known first. Safe for use by any thread. */
public final class PeerCertificate {
    /** Why a handshake fails, or a transport ends, if the peer is another one. */
    public static final String WRONG_FINGERPRINT =
            "wrong fingerprint: the peer's certificate is not the one its SDP named";

    @GuardedBy("this")
    private Optional<Fingerprint> expected;

    @GuardedBy("this")
    private Optional<byte[]> presented = Optional.empty();

    /** @param expected empty if the fingerprint is not known yet */
    public PeerCertificate(Optional<Fingerprint> expected) {
        this.expected = expected;
    }

    /** Sets the expected fingerprint; false if the peer is another one. */
    public synchronized boolean expect(Fingerprint fingerprint) {
        expected = Optional.of(fingerprint);
        return fits();
    }

    /** Whether the fingerprint is known. */
    public synchronized boolean isExpected() {
        return expected.isPresent();
    }

    /** Takes the certificate that the peer has shown; false if another was expected. */
    synchronized boolean present(byte[] certificate) {
        presented = Optional.of(certificate);
        return fits();
    }

    @GuardedBy("this")
    private boolean fits() {
        return expected.isEmpty() || presented.isEmpty() || expected.get().matches(presented.get());
    }
}
