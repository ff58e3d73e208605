package dev.sightline.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
    private Pem() {}

    /** A certificate or a private key as text. */
    static String text(Object certificateOrKey) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificateOrKey);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every letter", e);
        }
        return text.toString();
    }

    /**
     * The certificates in a file, the server's own first.
     *
     * @throws TlsException if there is none
     */
    static List<X509Certificate> certificates(Path file) {
        byte[] bytes = read(file).getBytes(StandardCharsets.ISO_8859_1);
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map((Certificate each) -> (X509Certificate) each)
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw new TlsException(file + " holds a broken certificate: " + TlsException.words(e), e);
        }
        throw new TlsException(file + " holds no certificate; one begins with -----BEGIN CERTIFICATE-----");
    }

    /**
     * The private key in a file, in any of the forms that are usual.
     *
     * @throws TlsException if there is none, or it is protected by a passphrase
     */
    static PrivateKey key(Path file) {
        try (PEMParser parser = new PEMParser(new StringReader(read(file)))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                PrivateKey key = key(found, file);
                if (key != null) {
                    return key;
                }
            }
        } catch (IOException e) {
            throw new TlsException(file + " holds a broken private key: " + TlsException.words(e), e);
        }
        throw new TlsException(file + " holds no private key; one begins with -----BEGIN PRIVATE KEY-----");
    }

    private static @Nullable PrivateKey key(Object found, Path file) throws IOException {
        if (found instanceof PrivateKeyInfo info) {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        if (found instanceof PEMKeyPair pair) {
            KeyPair both = new JcaPEMKeyConverter().getKeyPair(pair);
            return both.getPrivate();
        }
        if (found instanceof PEMEncryptedKeyPair || found instanceof PKCS8EncryptedPrivateKeyInfo) {
            throw new TlsException("the key in " + file + " is protected by a passphrase; take it off with"
                    + " openssl pkey -in " + file.getFileName() + " -out plain.pem");
        }
        return null; // parameters of a curve, say, or a certificate
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsException("there is no file " + file, e);
        } catch (AccessDeniedException e) {
            throw new TlsException(file + " may not be read by this user", e);
        } catch (IOException e) {
            throw new TlsException(file + " cannot be read: " + TlsException.words(e), e);
        }
    }
}
