package dev.sightline.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The user's own certificate and key, read again when either file changes. */
final class PemFiles implements CertificateSource {
    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final Path certificate;
    private final Path key;
    private List<String> seen = List.of();

    PemFiles(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    @Override
    public Optional<Identity> news() {
        List<String> now = List.of(stamp(certificate), stamp(key));
        if (now.equals(seen)) {
            return Optional.empty();
        }
        seen = now; // even if it fails: reported once, retried at the next change
        Identity read = new Identity(Pem.key(key), Pem.certificates(certificate));
        if (!read.isPair()) {
            throw new TlsException("the key in " + key + " does not belong to the certificate in " + certificate);
        }
        return Optional.of(read);
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public Optional<X509Certificate> authority() {
        return Optional.empty();
    }

    /** A value that changes when a file does, also behind a link that is redirected. */
    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }
}
