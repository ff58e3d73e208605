package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;

/** Our side of a handshake as client: used if the peer's SDP is {@code setup:passive}. */
final class DtlsClient extends DefaultTlsClient implements DtlsSide, TlsAuthentication {
    private static final int RESEND_MILLIS = 250;

    private final DtlsIdentity identity;
    private final Duration patience;
    private final DtlsOutcome outcome;

    DtlsClient(DtlsIdentity identity, PeerCertificate peer, Duration patience) {
        super(DtlsIdentity.crypto());
        this.identity = identity;
        this.patience = patience;
        this.outcome = new DtlsOutcome(peer, true);
    }

    @Override
    public DTLSTransport shake(DatagramTransport wire) throws IOException {
        return new DTLSClientProtocol().connect(this, wire);
    }

    @Override
    public DtlsOutcome outcome() {
        return outcome;
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

    /** Peers use self-signed certificates; what counts is the fingerprint. */
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
        outcome.offered(TlsSRTPUtils.getUseSRTPExtension(extensions));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        outcome.shown(server.getCertificate());
    }

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return identity.signer(new TlsCryptoParameters(context));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        outcome.complete(context);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        outcome.alerted(level, description);
    }
}
