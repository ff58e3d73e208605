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
        seen = now; // also if it fails: told once, tried again at the next change
        Identity read = new Identity(Pem.key(key), Pem.certificates(certificate));
        if (!read.isPair()) {
            throw new TlsException("the key in " + key + " is not the one of the certificate in " + certificate);
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

    /** What changes when a file does, also one behind a link that is turned elsewhere. */
    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }
}
