package dev.sightline.testkit.webrtc;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The client's side of a DTLS 1.2 handshake that agrees on keys for SRTP (RFC 5764) with a certificate known before. */
final class DtlsClient extends DefaultTlsClient implements TlsAuthentication {
    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    };

    private static final int PATIENCE_MILLIS = 20_000;

    private final BcTlsCrypto crypto;
    private final PeerCertificate certificate;
    private final String expectedFingerprint;
    private final List<SrtpProfile> offered;
    private Optional<SrtpProfile> chosen = Optional.empty();
    private Optional<SecureRtp> keys = Optional.empty();

    DtlsClient(BcTlsCrypto crypto, PeerCertificate certificate, String expectedFingerprint, List<SrtpProfile> offered) {
        super(crypto);
        this.crypto = crypto;
        this.certificate = certificate;
        this.expectedFingerprint = expectedFingerprint;
        this.offered = offered;
    }

    /** A server that is gone must not keep the thread for ever. */
    @Override
    public int getHandshakeTimeoutMillis() {
        return PATIENCE_MILLIS;
    }

    /** What was agreed on, once the handshake is over. */
    SecureRtp keys() {
        return keys.orElseThrow();
    }

    /** The profile that the server chose, once the handshake is over. */
    SrtpProfile profile() {
        return chosen.orElseThrow();
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return SUITES;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the library's own types
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        int[] ids = offered.stream().mapToInt(SrtpProfile::id).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, new byte[0]));
        return extensions;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void processServerExtensions(Hashtable extensions) throws IOException {
        UseSRTPData answer = TlsSRTPUtils.getUseSRTPExtension(extensions);
        chosen = offered.stream()
                .filter(profile -> answer != null
                        && answer.getProtectionProfiles().length == 1
                        && answer.getProtectionProfiles()[0] == profile.id())
                .findFirst();
        if (chosen.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server chose no SRTP profile of ours");
        }
        super.processServerExtensions(extensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        String fingerprint = PeerCertificate.fingerprint(
                server.getCertificate().getCertificateAt(0).getEncoded());
        if (!fingerprint.equalsIgnoreCase(expectedFingerprint)) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate,
                    "the description promised " + expectedFingerprint + ", the server has " + fingerprint);
        }
    }

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                certificate.key(),
                certificate.chain(),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        byte[] material =
                context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SecureRtp.materialLength(profile()));
        keys = Optional.of(SecureRtp.ofClient(profile(), material));
    }
}
