package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * This process's certificate for DTLS: self-signed, on the curve P-256, and as trustworthy as the SDP that names its
 * fingerprint. A new one is made at each start. Safe for use by any thread.
 */
public final class DtlsIdentity {
    private static final Duration LATE_CLOCKS = Duration.ofDays(1);
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** BouncyCastle's own curves take a fraction of the time of JDK 17's: 0.7 ms instead of 4 ms per handshake. */
    private static final BcTlsCrypto CRYPTO = new BcTlsCrypto(RANDOM);

    private final KeyPair keys;
    private final byte[] certificate;

    private DtlsIdentity(KeyPair keys, byte[] certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    static DtlsIdentity create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            KeyPair keys = generator.generateKeyPair();
            return new DtlsIdentity(keys, selfSigned(keys, Instant.now()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java cannot make a certificate for DTLS", e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // the library accepts no other
    private static byte[] selfSigned(KeyPair keys, Instant now) throws OperatorCreationException, IOException {
        X500Principal name = new X500Principal("CN=Sightline");
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                        Date.from(now.minus(LATE_CLOCKS)),
                        Date.from(now.plus(LIFE)),
                        name,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
    }

    static BcTlsCrypto crypto() {
        return CRYPTO;
    }

    /** The fingerprint for the SDP. */
    public Fingerprint fingerprint() {
        return Fingerprint.sha256(certificate);
    }

    /** The signer of this process for one handshake. */
    TlsCredentialedSigner signer(TlsCryptoParameters handshake) throws IOException {
        Certificate chain = new Certificate(new TlsCertificate[] {CRYPTO.createCertificate(certificate)});
        return new BcDefaultTlsCredentialedSigner(
                handshake,
                CRYPTO,
                PrivateKeyFactory.createKey(keys.getPrivate().getEncoded()),
                chain,
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
}
