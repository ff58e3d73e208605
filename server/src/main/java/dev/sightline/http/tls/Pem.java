package dev.sightline.http.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
    private Pem() {}

    static String text(X509Certificate certificate) {
        try {
            return text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    /** A private key, in PKCS #8 (RFC 5958). */
    static String text(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    private static String text(String label, byte[] bytes) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, bytes));
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
        List<X509Certificate> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(read(file)))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof X509CertificateHolder holder) {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (IOException | CertificateException e) {
            throw new TlsException(file + " holds a broken certificate: " + TlsException.words(e), e);
        }
        if (!certificates.isEmpty()) {
            return certificates;
        }
        throw new TlsException(file + " holds no certificate; one begins with -----BEGIN CERTIFICATE-----");
    }

    /**
     * The private key in a file, in any of the usual forms.
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
            return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (found instanceof PEMEncryptedKeyPair || found instanceof PKCS8EncryptedPrivateKeyInfo) {
            throw new TlsException("the key in " + file + " is protected by a passphrase; remove it with"
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
