package dev.sightline.app;

import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.config.ConfigException;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.tls.Tls;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a running server the certificate of a configuration that names another one. Used by one thread. */
final class LiveCertificate implements Consumer<JudgedConfig> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCertificate.class);

    private final Tls tls;
    private HttpSettings.Https present;

    LiveCertificate(Tls tls, HttpSettings started) {
        this.tls = tls;
        this.present = started.https();
    }

    @Override
    public void accept(JudgedConfig applied) {
        HttpSettings.Https wanted = applied.config().http().https();
        if (wanted.equals(present) || wanted.tls().equals("off")) {
            return;
        }
        try {
            applied.certificates().read().ifPresent(tls::use);
            present = wanted;
        } catch (ConfigException e) {
            LOG.warn("{}; the previous certificate stays in use", e.getMessage());
        }
    }
}
