package dev.sightline.http.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates (RFC 5280) on the curve P-256, which all browsers support. */
final class CertificateMaker {
    static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    static final Duration SERVER_LIFE = Duration.ofDays(90);

    /** Clocks of phones and cameras may be late. */
    private static final Duration LATE_CLOCKS = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 127;

    private CertificateMaker() {}

    /**
     * An authority that vouches for itself and for servers, but for no other authority.
     *
     * @param machine its computer's name, which identifies it in a phone's list
     */
    static Identity authority(String machine, Instant now) {
        return made(() -> {
            KeyPair keys = keys();
            X500Principal name = new X500Principal("CN=Sightline on " + machine + ", O=Sightline local authority");
            X509v3CertificateBuilder builder = builder(name, name, keys, now, AUTHORITY_LIFE);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            return new Identity(keys.getPrivate(), List.of(signed(builder, keys)));
        });
    }

    /** A certificate for a server with these names, issued by the authority. */
    static Identity server(MachineNames names, Identity authority, Instant now) {
        return made(() -> {
            KeyPair keys = keys();
            X509Certificate issuer = authority.certificate();
            X500Principal name = new X500Principal("CN=Sightline");
            X509v3CertificateBuilder builder = builder(issuer.getSubjectX500Principal(), name, keys, now, SERVER_LIFE);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            KeyPair signing = new KeyPair(issuer.getPublicKey(), authority.key());
            return new Identity(keys.getPrivate(), List.of(signed(builder, signing), issuer));
        });
    }

    private static GeneralNames alternatives(MachineNames names) {
        List<GeneralName> all = new ArrayList<>();
        names.names().forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        names.addresses().forEach(address -> all.add(new GeneralName(GeneralName.iPAddress, address)));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    @SuppressWarnings("JavaUtilDate") // the library accepts no other
    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair keys, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(LATE_CLOCKS)),
                Date.from(now.plus(life)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair by)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate());
        X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        made.verify(by.getPublic());
        return made;
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static Identity made(Making making) {
        try {
            return making.make();
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new TlsException("this Java cannot make a certificate: " + TlsException.words(e), e);
        }
    }

    private interface Making {
        Identity make() throws GeneralSecurityException, OperatorCreationException, IOException;
    }
}
