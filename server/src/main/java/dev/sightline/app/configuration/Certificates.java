package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.tls.Tls;
import dev.sightline.http.tls.TlsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the configured certificate. */
public final class Certificates {
    private final Supplier<Optional<Tls>> opening;

    private Certificates(Supplier<Optional<Tls>> opening) {
        this.opening = opening;
    }

    /**
     * Reads the configuration; the user's own files are read once, to check them.
     *
     * @param folder the base of relative paths
     * @throws ConfigException if the files cannot be used
     */
    static Certificates of(HttpSettings settings, Path folder) {
        String tls = settings.https().tls();
        if (tls.equals("off")) {
            return new Certificates(Optional::empty);
        }
        if (tls.equals("auto")) {
            return new Certificates(() ->
                    Optional.of(Tls.auto(DataFolder.tls(), settings.https().tlsNames())));
        }
        String[] files = tls.split(",", 2);
        Path certificate = folder.resolve(files[0].strip());
        Path key = folder.resolve(files[1].strip());
        Certificates own = new Certificates(() -> Optional.of(Tls.of(certificate, key)));
        own.read().ifPresent(Tls::close);
        return own;
    }

    /**
     * The certificate, renewed until it is closed; empty if the server uses plain HTTP.
     *
     * @throws ConfigException if it is not available
     */
    public Optional<Tls> open() {
        return read().map(Tls::watch);
    }

    /**
     * The certificate as it is now; empty if the server uses plain HTTP.
     *
     * @throws ConfigException if it is not available
     */
    public Optional<Tls> read() {
        try {
            return opening.get();
        } catch (TlsException e) {
            throw new ConfigException("tls: " + e.getMessage());
        }
    }
}
