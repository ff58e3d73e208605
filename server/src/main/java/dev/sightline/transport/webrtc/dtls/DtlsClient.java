package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;

/** What we say as the client of a handshake: where the peer's SDP is {@code setup:passive}. */
final class DtlsClient extends DefaultTlsClient implements DtlsSide, TlsAuthentication {
    private static final int RESEND_MILLIS = 250;

    private final DtlsIdentity identity;
    private final PeerCertificate peer;
    private final Duration patience;

    private Optional<SrtpProfile> profile = Optional.empty();
    private byte[] material = {};
    private volatile boolean ended;
    private volatile String complaint = "";

    DtlsClient(DtlsIdentity identity, PeerCertificate peer, Duration patience) {
        super(DtlsIdentity.crypto());
        this.identity = identity;
        this.peer = peer;
        this.patience = patience;
    }

    @Override
    public DTLSTransport shake(DatagramTransport wire) throws IOException {
        return new DTLSClientProtocol().connect(this, wire);
    }

    @Override
    public SrtpKeyingMaterial keys() {
        return new SrtpKeyingMaterial(profile.orElseThrow(), material, true);
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public String complaint() {
        return complaint;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        };
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return (int) patience.toMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    /** Peers sign their certificates themselves; what counts is the fingerprint. */
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(SrtpProfile.numbers(), TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    public void processServerExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData answer = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (answer != null) {
            profile = SrtpProfile.best(answer.getProtectionProfiles());
        }
        if (profile.isEmpty()) {
            throw refused(AlertDescription.handshake_failure, "the peer knows no encryption of media that we know");
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        Certificate certificate = server.getCertificate();
        if (certificate.isEmpty()) {
            throw refused(AlertDescription.bad_certificate, "the peer has shown no certificate");
        }
        if (!peer.present(certificate.getCertificateAt(0).getEncoded())) {
            throw refused(AlertDescription.bad_certificate, PeerCertificate.WRONG_FINGERPRINT);
        }
    }

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return identity.signer(new TlsCryptoParameters(context));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        int bytes = profile.orElseThrow().materialBytes();
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, bytes);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        ended |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
        if (description != AlertDescription.close_notify) {
            complaint = "the peer said " + AlertDescription.getName(description);
        }
    }

    private TlsFatalAlert refused(short alert, String why) {
        complaint = why;
        return new TlsFatalAlert(alert, why);
    }
}
