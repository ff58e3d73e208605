package dev.sightline.transport.webrtc.dtls;

import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;

/** Our side of a handshake as server: used if the peer's SDP lets it begin. */
final class DtlsServer extends DefaultTlsServer implements DtlsSide {
    private static final int RESEND_MILLIS = 250;

    private final DtlsIdentity identity;
    private final Duration patience;
    private final DtlsOutcome outcome;

    DtlsServer(DtlsIdentity identity, PeerCertificate peer, Duration patience) {
        super(DtlsIdentity.crypto());
        this.identity = identity;
        this.patience = patience;
        this.outcome = new DtlsOutcome(peer, false);
    }

    @Override
    public DTLSTransport shake(DatagramTransport wire) throws IOException {
        return new DTLSServerProtocol().accept(this, wire);
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
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
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
    public void processClientExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        outcome.offered(TlsSRTPUtils.getUseSRTPExtension(extensions));
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        int[] chosen = {outcome.profile().number()};
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return identity.signer(new TlsCryptoParameters(context));
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        outcome.shown(certificate);
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
