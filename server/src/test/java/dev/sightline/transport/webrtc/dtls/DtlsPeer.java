package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;

/** The other side of a handshake, in a test: a client. */
public final class DtlsPeer {
    private static final int SOON_MILLIS = 500;

    private final DtlsIdentity identity;
    private boolean heardGoodbye;
    private Optional<DTLSTransport> dtls = Optional.empty();

    /** A peer with this certificate. */
    public DtlsPeer(DtlsIdentity identity) {
        this.identity = identity;
    }

    /** A new certificate, which many peers may share. */
    public static DtlsIdentity newIdentity() {
        return DtlsIdentity.create();
    }

    /** That of its certificate. */
    public Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    /** Shakes hands. */
    public SrtpKeyingMaterial secure(DatagramTransport wire, SrtpProfile... profiles) throws IOException {
        Client client = new Client(profiles);
        dtls = Optional.of(new DTLSClientProtocol().connect(client, wire));
        return new SrtpKeyingMaterial(client.chosen(), client.material, true);
    }

    /** Sends what no data channel takes. */
    public void sendApplicationData(byte[] bytes) throws IOException {
        dtls.orElseThrow().send(bytes, 0, bytes.length);
    }

    /** Ends the session that was secured. */
    public void sayGoodbye() throws IOException {
        dtls.orElseThrow().close();
    }

    /** Whether the other side says goodbye. */
    public boolean hearsGoodbye() throws IOException {
        dtls.orElseThrow().receive(new byte[2048], 0, 2048, SOON_MILLIS);
        return heardGoodbye;
    }

    /** What the peer says in the handshake. */
    private final class Client extends DefaultTlsClient {
        private final int[] offered;
        private int[] chosen = {};
        private byte[] material = {};

        Client(SrtpProfile... profiles) {
            super(DtlsIdentity.crypto());
            offered = Arrays.stream(profiles).mapToInt(SrtpProfile::number).toArray();
        }

        private SrtpProfile chosen() {
            return SrtpProfile.best(chosen).orElseThrow();
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return 20_000;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return 200;
        }

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            if (offered.length > 0) {
                TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(offered, TlsUtils.EMPTY_BYTES));
            }
            return extensions;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            UseSRTPData answer = TlsSRTPUtils.getUseSRTPExtension(extensions);
            if (answer != null) {
                chosen = answer.getProtectionProfiles();
            }
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {
                    // tests trust it
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return identity.signer(new TlsCryptoParameters(context));
                }
            };
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            heardGoodbye |= description == AlertDescription.close_notify;
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, chosen().materialBytes());
        }
    }
}
