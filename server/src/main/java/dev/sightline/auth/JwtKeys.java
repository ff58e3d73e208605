package dev.sightline.auth;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys. They are fetched at the start, and again every five minutes, so that
 * a key that is withdrawn stops counting, and for a key that is not among them, at most every 30 s: so nobody makes this server
 * ask the issuer by inventing keys. While they cannot be fetched, those of the last time count. Safe for use by any thread.
 */
final class JwtKeys {
    private static final Logger LOG = LoggerFactory.getLogger(JwtKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration OLD = Duration.ofMinutes(5);

    private final String address;
    private final KeyFetch fetch;
    private final Executor executor;
    private final InstantSource clock;
    private final AtomicReference<Instant> asked = new AtomicReference<>(Instant.EPOCH);
    private volatile JWKSet keys = new JWKSet();

    JwtKeys(String address, KeyFetch fetch, Executor executor, InstantSource clock) {
        this.address = address;
        this.fetch = fetch;
        this.executor = executor;
        this.clock = clock;
        refresh();
    }

    /** Those that are known. */
    JWKSet known() {
        if (Objects.requireNonNull(asked.get()).plus(OLD).isBefore(clock.instant())) {
            refresh();
        }
        return keys;
    }

    /** Fetches them again soon, unless that was done a moment ago. */
    void refresh() {
        Instant before = Objects.requireNonNull(asked.get());
        Instant now = clock.instant();
        if (!now.isBefore(before.plus(PAUSE)) && asked.compareAndSet(before, now)) {
            executor.execute(this::load);
        }
    }

    private void load() {
        try {
            keys = JWKSet.parse(fetch.fetch(address)).toPublicJWKSet();
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.warn("the keys for tokens are not at {}: {}", address, e.getMessage());
        }
    }
}
