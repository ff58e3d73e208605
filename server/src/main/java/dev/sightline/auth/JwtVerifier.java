package dev.sightline.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges tokens that somebody else issued (RFC 7519, and RFC 8725's advice): signature by one of the issuer's keys and one of the
 * configured algorithms, issuer, audience, expiry. One that was judged right is remembered until it expires or its key is withdrawn.
 * Safe for use by any thread.
 */
final class JwtVerifier {
    /** So many are remembered; those in use stay. */
    static final int MOST = 10_000;

    private static final int LONGEST = 8 * 1024;
    private static final int MOST_GRANTS = 64;

    private final AuthSettings.Jwt settings;
    private final JwtKeys keys;
    private final InstantSource clock;

    /** By the hash of the token. */
    @GuardedBy("this")
    private final Map<String, Judged> judged = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("this")
    private boolean ended;

    JwtVerifier(AuthSettings.Jwt settings, JwtKeys keys, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    AuthSettings.Jwt settings() {
        return settings;
    }

    /**
     * The access of a token; empty if it is not right.
     *
     * @throws TooManyAttemptsException if this address has shown too many that are not
     */
    Optional<LiveAccess> access(String token, String address, Attempts attempts) {
        Instant now = clock.instant();
        String key = Secrets.hash(token);
        synchronized (this) {
            Judged known = judged.get(key);
            if (known != null && now.isBefore(known.expires())) {
                return Optional.of(known.access());
            }
        }
        if (token.length() > LONGEST
                || token.chars().filter(each -> each == '.').count() != 2) {
            return Optional.empty();
        }
        String account = settings.issuer();
        attempts.take(account, address).ifPresent(wait -> {
            throw new TooManyAttemptsException(wait);
        });
        Optional<Judged> right = judge(token);
        right.ifPresent(found -> attempts.succeeded(account, address));
        return right.map(found -> remember(key, found).access());
    }

    private Optional<Judged> judge(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            JWKSet known = keys.known();
            if (known.getKeys().isEmpty() || isUnknown(known, signed.getHeader().getKeyID())) {
                keys.refresh();
                return Optional.empty();
            }
            JWTClaimsSet claims = processor(known).process(signed, null);
            Instant expires = claims.getExpirationTime().toInstant();
            if (!clock.instant().isBefore(expires)) {
                return Optional
                        .empty(); // the library's tolerance is for clocks that are behind, not for what has ended here
            }
            String name = Optional.ofNullable(claims.getSubject()).orElse("");
            Principal principal = new Principal(Principal.Kind.JWT, name, grants(claims));
            return Optional.of(new Judged(
                    new LiveAccess(principal),
                    expires,
                    possible(known, signed.getHeader().getKeyID())));
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The keys of which one has signed a token. */
    private static List<JWK> possible(JWKSet known, @Nullable String key) {
        return known.getKeys().stream()
                .filter(each -> key == null || key.equals(each.getKeyID()))
                .toList();
    }

    private static boolean isUnknown(JWKSet known, String key) {
        return key != null && known.getKeyByKeyId(key) == null;
    }

    private DefaultJWTProcessor<SecurityContext> processor(JWKSet known) {
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, new ImmutableJWKSet<>(known)));
        processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
        return processor;
    }

    /** What is no right is left out: the issuer may have words for others. */
    private List<Grant> grants(JWTClaimsSet claims) throws ParseException {
        List<Grant> grants = new ArrayList<>(settings.grants());
        Object named = claims.getClaim(settings.claim());
        List<?> words = named instanceof List<?> list ? list : named instanceof String text ? List.of(text) : List.of();
        words.stream().limit(MOST_GRANTS).map(String::valueOf).forEach(word -> {
            try {
                grants.add(Grant.of(word));
            } catch (IllegalArgumentException e) {
                // not one of ours
            }
        });
        return grants;
    }

    /** The one that is remembered: two loops may judge a token at the same time, and its end has to reach what both opened. */
    private synchronized Judged remember(String key, Judged right) {
        Judged present = judged.get(key);
        if (present != null) {
            return present;
        }
        if (judged.size() >= MOST) {
            judged.values().removeIf(each -> !each.access().isInUse());
        }
        if (judged.size() < MOST && !ended) {
            judged.put(key, right);
        } else {
            right.access().end();
        }
        return right;
    }

    /** Ends those that have expired, or whose issuer has withdrawn a key by which they may have been signed. */
    void sweep(Instant now) {
        List<JWK> known = keys.known().getKeys();
        end(each -> !now.isBefore(each.expires()) || !known.containsAll(each.keys()));
    }

    /** Ends all, and those that are being judged: the configuration has another issuer, or none. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        end(each -> true);
    }

    private void end(java.util.function.Predicate<Judged> which) {
        List<Judged> gone;
        synchronized (this) {
            gone = judged.values().stream().filter(which).toList();
            judged.values().removeAll(gone);
        }
        gone.forEach(each -> each.access().end());
    }

    private record Judged(LiveAccess access, Instant expires, List<JWK> keys) {}

    /** Checks issuer, audience and times. */
    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        Claims(AuthSettings.Jwt settings, InstantSource clock) {
            super(
                    settings.audience(),
                    new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                    Set.of("exp", "sub"));
            this.clock = clock;
            setMaxClockSkew((int) Duration.ofSeconds(60).toSeconds());
        }

        @Override
        @SuppressWarnings("JavaUtilDate") // the library's own
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
