package dev.sightline.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the verifier of a configuration: the same as before where that has not changed. Made and looked through by few. */
final class JwtVerifiers {
    private final KeyFetch fetch;
    private final Executor executor;
    private final InstantSource clock;
    private volatile @Nullable JwtVerifier last;

    /** Fetches keys on the executor. */
    JwtVerifiers(KeyFetch fetch, Executor executor, InstantSource clock) {
        this.fetch = fetch;
        this.executor = executor;
        this.clock = clock;
    }

    JwtVerifier of(AuthSettings.Jwt settings) {
        JwtVerifier before = last;
        return before != null && before.settings().equals(settings)
                ? before
                : new JwtVerifier(settings, new JwtKeys(settings.keys(), fetch, executor, clock), clock);
    }

    /** Ends all accesses but those of the next verifier. */
    void endAllBut(Optional<JwtVerifier> next) {
        JwtVerifier before = last;
        if (before != null && !next.equals(Optional.of(before))) {
            before.end();
        }
        last = next.orElse(null);
    }

    /** Ends what is past. */
    void sweep(Instant now) {
        JwtVerifier present = last;
        if (present != null) {
            present.sweep(now);
        }
    }
}
