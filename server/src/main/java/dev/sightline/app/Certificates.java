package dev.sightline.app;

import dev.sightline.config.ConfigException;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.tls.Tls;
import dev.sightline.http.tls.TlsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the certificate that the configuration asks for. */
final class Certificates {
    private final Supplier<Optional<Tls>> opening;

    private Certificates(Supplier<Optional<Tls>> opening) {
        this.opening = opening;
    }

    /**
     * What the configuration says; files of the user's own are read once, to judge them.
     *
     * @param folder what relative paths are relative to
     * @throws ConfigException if the files cannot be used
     */
    static Certificates of(HttpSettings settings, Path folder) {
        String tls = settings.tls();
        if (tls.equals("off")) {
            return new Certificates(Optional::empty);
        }
        if (tls.equals("auto")) {
            return new Certificates(() -> Optional.of(Tls.auto(DataFolder.find().resolve("tls"), settings.tlsNames())));
        }
        String[] files = tls.split(",", 2);
        Path certificate = folder.resolve(files[0].strip());
        Path key = folder.resolve(files[1].strip());
        Certificates own = new Certificates(() -> Optional.of(Tls.of(certificate, key)));
        own.read().ifPresent(Tls::close);
        return own;
    }

    /**
     * The certificate, kept up to date until it is closed; empty if the server is to speak plain HTTP.
     *
     * @throws ConfigException if it cannot be had
     */
    Optional<Tls> open() {
        return read().map(Tls::watch);
    }

    private Optional<Tls> read() {
        try {
            return opening.get();
        } catch (TlsException e) {
            throw new ConfigException("tls: " + e.getMessage());
        }
    }
}
