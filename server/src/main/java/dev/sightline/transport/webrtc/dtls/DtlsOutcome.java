package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * The result of one handshake, on either side: SRTP's profile and keys, or why it failed. Written by the handshake's thread,
 * later by the media thread.
 */
final class DtlsOutcome {
    private final PeerCertificate peer;
    private final boolean client;
    private Optional<SrtpProfile> profile = Optional.empty();
    private byte[] material = {};
    private volatile boolean ended;
    private volatile String complaint = "";

    /** @param client whether this side is the client */
    DtlsOutcome(PeerCertificate peer, boolean client) {
        this.peer = peer;
        this.client = client;
    }

    /** The peer offers these profiles, or has chosen one; null if it does not support SRTP. */
    void offered(@Nullable UseSRTPData profiles) throws TlsFatalAlert {
        if (profiles != null) {
            profile = SrtpProfile.best(profiles.getProtectionProfiles());
        }
        if (profile.isEmpty()) {
            throw refused(AlertDescription.handshake_failure, "the peer supports none of our SRTP profiles");
        }
    }

    /** The profile that both support. */
    SrtpProfile profile() {
        return profile.orElseThrow();
    }

    /** The peer has shown this certificate. */
    void shown(Certificate certificate) throws IOException {
        if (certificate.isEmpty()) {
            throw refused(AlertDescription.bad_certificate, "the peer has shown no certificate");
        }
        if (!peer.present(certificate.getCertificateAt(0).getEncoded())) {
            throw refused(AlertDescription.bad_certificate, PeerCertificate.WRONG_FINGERPRINT);
        }
    }

    /** The handshake is done. */
    void complete(TlsContext context) {
        material = context.exportKeyingMaterial(
                ExporterLabel.dtls_srtp, null, profile().materialBytes());
    }

    /** The peer has sent an alert. */
    void alerted(short level, short description) {
        ended |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
        if (description != AlertDescription.close_notify) {
            complaint = "the peer said " + AlertDescription.getName(description);
        }
    }

    private TlsFatalAlert refused(short alert, String why) {
        complaint = why;
        return new TlsFatalAlert(alert, why);
    }

    /** The keys that protect media; present once the handshake is done. */
    SrtpKeyingMaterial keys() {
        return new SrtpKeyingMaterial(profile(), material, client);
    }

    /** Whether the peer has sent close_notify or a fatal alert. */
    boolean ended() {
        return ended;
    }

    /** Why the handshake failed, if the reason is known: part of a sentence, else empty. */
    String complaint() {
        return complaint;
    }
}
