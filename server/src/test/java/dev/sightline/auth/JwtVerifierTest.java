package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sightline.access.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
    private static final String ISSUER = "https://login.example";
    private static final ECKey KEY = key("one");
    private static final ECKey NEXT = key("two");
    private static final String HERE = "192.0.2.1";

    private final ManualInstants clock = new ManualInstants();
    private final Attempts attempts = new Attempts(() -> clock.millis() * 1_000_000);
    private final List<ECKey> published = new ArrayList<>(List.of(KEY));
    private final AtomicInteger fetches = new AtomicInteger();
    private boolean offline;
    private final JwtVerifier verifier = verifier(List.of("ES256"));

    private JwtVerifier verifier(List<String> algorithms) {
        AuthSettings.Jwt settings = new AuthSettings.Jwt(
                ISSUER, "cameras", "https://login.example/jwks", algorithms, "sightline", List.of("watch lobby"));
        return new JwtVerifier(settings, new JwtKeys(settings.keys(), this::fetch, Runnable::run, clock), clock);
    }

    private String fetch(String address) throws IOException {
        fetches.incrementAndGet();
        if (offline) {
            throw new IOException("nobody answers");
        }
        return new JWKSet(List.copyOf(published)).toString();
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // the library's own
    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("cameras")
                .subject("eve")
                .claim("sightline", List.of("watch door-*", "fly"))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))));
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return signed(JWSAlgorithm.ES256, KEY.getKeyID(), new ECDSASigner(KEY), change);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private String signed(
            JWSAlgorithm algorithm, @Nullable String key, JWSSigner signer, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key).build(),
                change.apply(claims()).build());
        token.sign(signer);
        return token.serialize();
    }

    private Optional<LiveAccess> access(String token) {
        return verifier.access(token, HERE, attempts);
    }

    @Test
    void access_rightToken_hasTheRightsOfTheClaimAndOfAll() {
        LiveAccess access = access(token(same -> same)).orElseThrow();

        assertThat(access.name()).isEqualTo("eve");
        assertThat(access.sees("door-1")).isTrue();
        assertThat(access.sees("lobby")).isTrue();
        assertThat(access.sees("garden")).isFalse();
        assertThat(access.may(Action.CONTROL, "door-1")).isFalse();
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the library's own
    void access_anythingWrong_isNone() throws JOSEException {
        assertThat(access(token(claims -> claims.issuer("https://elsewhere.example"))))
                .isEmpty();
        assertThat(access(token(claims -> claims.audience("others")))).isEmpty();
        assertThat(access(token(claims -> claims.expirationTime(null)))).isEmpty();
        assertThat(access(token(claims ->
                        claims.expirationTime(Date.from(clock.instant().minusSeconds(120))))))
                .isEmpty();
        clock.pass(Duration.ofMinutes(10));
        assertThat(access(signed(JWSAlgorithm.ES256, "one", new ECDSASigner(NEXT), same -> same)))
                .as("another key under that name")
                .isEmpty();
        assertThat(access(signed(JWSAlgorithm.HS256, "one", new MACSigner("x".repeat(64)), same -> same)))
                .as("an algorithm that the issuer's public key could sign by")
                .isEmpty();
        String[] parts = token(same -> same).split("\\.");
        assertThat(access("eyJhbGciOiJub25lIn0." + parts[1] + ".")).isEmpty();
        assertThat(access("no.token.atall")).isEmpty();
    }

    @Test
    void access_unknownKey_isFetched_butNotAtWill() throws JOSEException {
        clock.pass(Duration.ofMinutes(5));
        published.add(NEXT);
        String token = signed(JWSAlgorithm.ES256, "two", new ECDSASigner(NEXT), same -> same);
        assertThat(access(token)).as("until it is there").isEmpty();
        assertThat(access(token)).isPresent();
        assertThat(fetches).hasValue(2);

        for (int i = 0; i < 4; i++) {
            access(signed(JWSAlgorithm.ES256, "invented" + i, new ECDSASigner(NEXT), same -> same));
        }
        assertThat(fetches).as("once in 30 s").hasValue(2);
    }

    @Test
    void access_manyWrongOnes_areSlowed_rightOneThatIsKnownIsNot() {
        String right = token(same -> same);
        assertThat(access(right)).isPresent();
        for (int i = 0; i < 5; i++) {
            String wrong = "no.token.number" + i;
            assertThat(access(wrong)).isEmpty();
        }
        assertThatThrownBy(() -> access("no.token.more")).isInstanceOf(TooManyAttemptsException.class);
        assertThat(access(right)).isPresent();
    }

    @Test
    void sweep_expired_endsWhatIsOpenByIt() {
        LiveAccess access = access(token(same -> same)).orElseThrow();
        AtomicInteger ends = new AtomicInteger();
        access.onEnd(ends::incrementAndGet);

        clock.pass(Duration.ofMinutes(59));
        verifier.sweep(clock.instant());
        assertThat(ends).hasValue(0);
        clock.pass(Duration.ofMinutes(1));
        verifier.sweep(clock.instant());

        assertThat(ends).hasValue(1);
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the library's own
    void access_expiredAMomentAgo_isNone() {
        String token =
                token(claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(10))));

        assertThat(access(token)).as("nothing would end what it opens").isEmpty();
    }

    @Test
    void access_judgedTwiceAtTheSameTime_endsBoth() {
        String token = token(same -> same);
        List<LiveAccess> both = new ArrayList<>();
        AtomicInteger depth = new AtomicInteger();
        Attempts meanwhile = new Attempts(() -> {
            if (depth.getAndIncrement() == 0) {
                both.add(access(token).orElseThrow()); // another loop is faster
            }
            return clock.millis() * 1_000_000;
        });
        both.add(verifier.access(token, HERE, meanwhile).orElseThrow());

        clock.pass(Duration.ofHours(1));
        verifier.sweep(clock.instant());

        assertThat(both).hasSize(2).allMatch(LiveAccess::isOver);
    }

    @Test
    void sweep_keyWithdrawn_endsWhatIsOpenByIt_withinFiveMinutes() throws JOSEException {
        published.add(NEXT);
        clock.pass(Duration.ofMinutes(1));
        String ofNext = signed(JWSAlgorithm.ES256, "two", new ECDSASigner(NEXT), same -> same);
        assertThat(access(ofNext)).as("until it is there").isEmpty();
        LiveAccess stays = access(ofNext).orElseThrow();
        String token = token(same -> same);
        LiveAccess ends = access(token).orElseThrow();
        LiveAccess perhaps = access(signed(JWSAlgorithm.ES256, null, new ECDSASigner(KEY), same -> same))
                .orElseThrow();
        published.remove(KEY);
        verifier.sweep(clock.instant());
        assertThat(ends.isOver()).isFalse();

        clock.pass(Duration.ofSeconds(301));
        verifier.sweep(clock.instant());

        assertThat(ends.isOver() && perhaps.isOver()).isTrue();
        assertThat(access(token)).isEmpty();
        assertThat(stays.isOver()).isFalse();
    }

    @Test
    void sweep_keysThatCannotBeFetched_endNothing() {
        LiveAccess access = access(token(same -> same)).orElseThrow();
        offline = true;
        clock.pass(Duration.ofMinutes(6));

        verifier.sweep(clock.instant());

        assertThat(fetches).hasValue(2);
        assertThat(access.isOver()).isFalse();
    }

    @Test
    void end_issuerIsGone_endsWhatIsOpen_andWhatIsBeingJudged() {
        LiveAccess open = access(token(same -> same)).orElseThrow();

        verifier.end();

        assertThat(open.isOver()).isTrue();
        assertThat(access(token(claims -> claims.subject("late"))).orElseThrow().isOver())
                .as("by a request that began before")
                .isTrue();
    }

    @Test
    void settings_algorithmsWithoutAPublicKey_areRefused() {
        for (String algorithm : List.of("HS256", "none", "EdDSA")) {
            assertThatIllegalArgumentException().isThrownBy(() -> verifier(List.of(algorithm)));
        }
    }
}
