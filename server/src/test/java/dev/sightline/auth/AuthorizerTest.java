package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.sightline.access.Access;
import dev.sightline.access.Action;
import dev.sightline.refusal.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizerTest {
    /** A cheap one: what is tested here is not how long a password takes, and by the product's own each takes a second of a new JVM. */
    private static final String HASH = Argon2Function.getInstance(64, 1, 1, 32, Argon2.ID)
            .hash("correct horse".getBytes(StandardCharsets.UTF_8), Secrets.bytes(16))
            .getResult();

    private static final String HERE = "192.0.2.1";
    private static final AuthSettings EVE =
            AuthSettings.DEFAULTS.withUser("eve", user("watch door-*", "control door-1"));

    private final ManualInstants clock = new ManualInstants();
    private final List<String> passwords = new ArrayList<>();

    @TempDir
    private Path folder;

    private Authorizer authorizer;

    private static AuthSettings.User user(String... may) {
        return new AuthSettings.User(Optional.of(HASH), Optional.empty(), List.of(may));
    }

    private void start(AuthSettings settings, boolean reachable) {
        authorizer = made(settings, reachable);
        authorizer.serve();
    }

    private Authorizer made(AuthSettings settings, boolean reachable) {
        return new Authorizer(
                settings, reachable, AuthStore.in(folder.resolve("auth.json")), KeyFetch.NONE, passwords::add, clock);
    }

    @AfterEach
    void end() {
        authorizer.close();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Optional<Login> login(String user, String password) throws RefusedException {
        return done(authorizer.login(user, password, HERE));
    }

    private Access by(Login login) {
        return authorizer.of(Optional.empty(), List.of(login.cookie()), HERE);
    }

    private Access nobody() {
        return authorizer.of(Optional.empty(), List.of(), HERE);
    }

    private Access eve() throws RefusedException {
        return login("eve", "correct horse").orElseThrow().access();
    }

    private static AtomicInteger ends(Access access) {
        AtomicInteger ends = new AtomicInteger();
        access.onEnd(ends::incrementAndGet);
        return ends;
    }

    @Test
    void login_textsThatAreNoNames_countTogetherAndAreNotKept() throws RefusedException {
        start(EVE, false);
        for (int i = 0; i < 5; i++) {
            assertThat(login("no name " + i + "x".repeat(10_000), "wrong")).isEmpty();
        }

        assertThatThrownBy(() -> login("another that is none", "wrong")).isInstanceOf(TooManyAttemptsException.class);
        assertThat(login("eve", "correct horse")).isPresent();
    }

    @Test
    void outcomes_tellWhatBecameOfAttempts() throws RefusedException {
        start(EVE, false);
        assertThat(login("eve", "correct horse")).isPresent();
        for (int i = 0; i < 5; i++) {
            assertThat(login("eve", "wrong horse")).isEmpty();
        }
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> login("eve", "wrong horse")).isInstanceOf(TooManyAttemptsException.class);
        }
        assertThat(authorizer.outcomes()).isEqualTo(Map.of("right", 1L, "wrong", 5L, "slowed", 100L, "busy", 0L));
    }

    @Test
    void enter_whileAChangeHoldsTheLock_doesNotWait() throws Exception {
        start(EVE, false);
        String secret = done(authorizer.accounts().share("door-1", Duration.ofHours(1), eve()))
                .secret();
        synchronized (authorizer) { // as a change that writes to a slow disk does
            CompletableFuture<Authorizer.SharedStream> entered = CompletableFuture.supplyAsync(() -> {
                try {
                    return authorizer.enter(secret, HERE, Access.nobody());
                } catch (RefusedException e) {
                    throw new CompletionException(e);
                }
            });
            assertThat(entered.get(10, TimeUnit.SECONDS).login()).isPresent();
        }
    }

    @Test
    void of_loopbackWithoutConfiguration_letsEverybodyDoEverything() {
        start(AuthSettings.DEFAULTS, false);

        assertThat(nobody().isAdmin()).isTrue();
        assertThat(nobody().isLogin())
                .as("so that the rules for changes without logins hold")
                .isFalse();
        assertThat(passwords).isEmpty();
    }

    @Test
    void start_reachableWithoutConfiguration_makesOnePasswordAndKeepsItsHash() throws Exception {
        start(AuthSettings.DEFAULTS, true);
        assertThat(passwords).hasSize(1);
        assertThat(nobody()).isSameAs(Access.nobody());
        assertThat(login("admin", passwords.get(0)).orElseThrow().access().isAdmin())
                .isTrue();
        String kept = Files.readString(folder.resolve("auth.json"));
        assertThat(kept).contains("$argon2id$").doesNotContain(passwords.get(0));
        authorizer.close();

        start(AuthSettings.DEFAULTS, true);

        assertThat(passwords).as("told once").hasSize(1);
        assertThat(login("admin", passwords.get(0))).isPresent();
    }

    @Test
    void start_beforeItServes_makesNoPasswordAndLetsNobodyIn() {
        authorizer = made(AuthSettings.DEFAULTS, true);

        assertThat(passwords).isEmpty();
        assertThat(nobody()).isSameAs(Access.nobody());
    }

    @Test
    void start_reachableAndToldNone_isOpen() {
        start(AuthSettings.DEFAULTS.withMode(AuthSettings.Mode.NONE), true);

        assertThat(nobody().isAdmin()).isTrue();
        assertThat(passwords).isEmpty();
    }

    @Test
    void login_rightPassword_givesTheUsersRightsAndNoMore() throws RefusedException {
        start(EVE, false);

        Access access = by(login("eve", "correct horse").orElseThrow());

        assertThat(access.may(Action.WATCH, "door-2")).isTrue();
        assertThat(access.may(Action.CONTROL, "door-2")).isFalse();
        assertThat(access.may(Action.CONTROL, "door-1")).isTrue();
        assertThat(access.sees("garden")).isFalse();
        assertThat(access.isAdmin()).isFalse();
    }

    @Test
    void login_wrongOrUnknown_isRefusedAlike_andSlowed() throws RefusedException {
        start(EVE, false);

        assertThat(login("eve", "wrong horse")).isEmpty();
        assertThat(login("mallory", "correct horse")).isEmpty();
        for (int i = 0; i < 4; i++) {
            assertThat(login("eve", "wrong horse")).isEmpty();
        }
        assertThatThrownBy(() -> login("eve", "correct horse"))
                .isInstanceOf(TooManyAttemptsException.class)
                .hasMessageContaining("try again in");
        assertThat(done(authorizer.login("eve", "correct horse", "198.51.100.7")))
                .as("another address")
                .isPresent();
    }

    @Test
    void logout_endsWhatIsOpenByIt_andOnlyThat() throws RefusedException {
        start(EVE, false);
        Login one = login("eve", "correct horse").orElseThrow();
        Login other = login("eve", "correct horse").orElseThrow();
        AtomicInteger ofOne = ends(one.access());
        AtomicInteger ofOther = ends(other.access());

        authorizer.logout(by(one));

        assertThat(ofOne).hasValue(1);
        assertThat(ofOther).hasValue(0);
        assertThat(by(one)).isSameAs(Access.nobody());
        assertThat(by(other).isLogin()).isTrue();
    }

    @Test
    void use_otherRights_endsTheUsersLogins_sameOnesDoNot() throws RefusedException {
        start(EVE, false);
        Login login = login("eve", "correct horse").orElseThrow();
        AtomicInteger ends = ends(login.access());

        authorizer.use(EVE.withToken("t", token("a-token-of-many-characters")));
        assertThat(ends).hasValue(0);
        authorizer.use(AuthSettings.DEFAULTS.withUser("eve", user("watch garden")));

        assertThat(ends).hasValue(1);
        assertThat(by(login)).isSameAs(Access.nobody());
    }

    @Test
    void use_loginsFromNowOn_endsWhatWasOpen() {
        start(AuthSettings.DEFAULTS, false);
        AtomicInteger ends = ends(nobody());

        authorizer.use(EVE);

        assertThat(ends).hasValue(1);
        assertThat(nobody()).isSameAs(Access.nobody());
    }

    private static AuthSettings.Token token(String text) {
        return new AuthSettings.Token(Optional.of(text), Optional.empty(), List.of("watch"));
    }

    @Test
    void of_token_lastsUntilItIsTakenBack() {
        start(EVE, false);
        Accounts.Made<Accounts.AccountInfo> made =
                done(authorizer.accounts().makeToken("robot", List.of("watch door-*")));
        Access access = authorizer.of(Optional.of(made.secret()), List.of(), HERE);
        AtomicInteger ends = ends(access);
        assertThat(access.sees("door-1")).isTrue();

        done(authorizer.accounts().removeToken("robot"));

        assertThat(ends).hasValue(1);
        assertThat(authorizer.of(Optional.of(made.secret()), List.of(), HERE)).isSameAs(Access.nobody());
    }

    @Test
    void enter_shareLink_letsWatchOneStream_untilItsTime() throws RefusedException {
        start(EVE, false);
        String secret = done(authorizer.accounts().share("door-1", Duration.ofHours(1), eve()))
                .secret();
        Login login = authorizer.enter(secret, HERE, Access.nobody()).login().orElseThrow();
        AtomicInteger ends = ends(login.access());
        assertThat(login.access().sees("door-1")).isTrue();
        assertThat(login.access().sees("door-2")).isFalse();
        assertThat(login.access().may(Action.CONTROL, "door-1")).isFalse();

        clock.pass(Duration.ofMinutes(59));
        authorizer.sweep();
        assertThat(ends).hasValue(0);
        clock.pass(Duration.ofMinutes(1));
        authorizer.sweep();

        assertThat(ends).hasValue(1);
        assertThatThrownBy(() -> authorizer.enter(secret, HERE, Access.nobody()))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void unshare_endsWhoCameByIt() throws RefusedException {
        start(EVE, false);
        var made = done(authorizer.accounts().share("door-1", Duration.ofHours(1), eve()));
        AtomicInteger ends = ends(authorizer
                .enter(made.secret(), HERE, Access.nobody())
                .login()
                .orElseThrow()
                .access());

        done(authorizer.accounts().unshare("door-1", made.info().id()));

        assertThat(ends).hasValue(1);
    }

    @Test
    void use_makerMayNotShareAnyMore_endsItsLinksAndWhoCameByThem_forGood() throws RefusedException {
        start(EVE, false);
        String secret = done(authorizer.accounts().share("door-1", Duration.ofHours(1), eve()))
                .secret();
        AtomicInteger ends = ends(entered(secret));
        authorizer.use(AuthSettings.DEFAULTS.withUser("eve", user("control door-1")));
        assertThat(ends).as("it still may").hasValue(0);

        authorizer.use(AuthSettings.DEFAULTS.withUser("eve", user("watch door-*")));

        assertThat(ends).hasValue(1);
        assertThatThrownBy(() -> entered(secret)).isInstanceOf(RefusedException.class);
        assertThat(authorizer.accounts().shares("door-1")).isEmpty();
        authorizer.use(EVE);
        assertThatThrownBy(() -> entered(secret))
                .as("another may have its name now")
                .isInstanceOf(RefusedException.class);
        authorizer.close();
        start(EVE, false);
        assertThatThrownBy(() -> entered(secret)).isInstanceOf(RefusedException.class);
    }

    @Test
    void removed_userOrToken_endsItsLinks_andNoOthers() throws RefusedException {
        start(EVE, false);
        Accounts accounts = authorizer.accounts();
        done(accounts.putUser("dora", "correct horse", List.of("control door-*")));
        String token = done(accounts.makeToken("dora", List.of("control"))).secret();
        Access program = authorizer.of(Optional.of(token), List.of(), HERE);
        Access dora = login("dora", "correct horse").orElseThrow().access();
        AtomicInteger ofUser = ends(entered(shared("door-2", dora)));
        AtomicInteger ofToken = ends(entered(shared("door-2", program)));
        AtomicInteger ofEve = ends(entered(shared("door-1", eve())));

        done(accounts.removeUser("dora"));
        assertThat(ofUser).hasValue(1);
        assertThat(ofToken).as("a token of the same name").hasValue(0);
        done(accounts.removeToken("dora"));

        assertThat(ofToken).hasValue(1);
        assertThat(ofEve).hasValue(0);
    }

    @Test
    void use_loginsFromNowOn_endsLinksThatAnybodyMade() throws RefusedException {
        start(AuthSettings.DEFAULTS, false);
        String secret = shared("door-1", nobody());

        authorizer.use(EVE);

        assertThatThrownBy(() -> entered(secret)).isInstanceOf(RefusedException.class);
    }

    @Test
    void share_byATokenOfAnIssuer_isRefused() {
        start(EVE, false);
        Access jwt = new LiveAccess(new Principal(Principal.Kind.JWT, "eve", List.of(Grant.ADMIN)));

        assertThatThrownBy(() -> shared("door-1", jwt))
                .as("its right ends with the token, and nothing here knows when it gets another")
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasStackTraceContaining("(JWT)");
        assertThat(authorizer.accounts().shares("door-1")).isEmpty();
    }

    @Test
    void of_loginAndShareLink_isBoth_andEndsWithEitherOnce() throws RefusedException {
        start(EVE, false);
        done(authorizer.accounts().putUser("dora", "correct horse", List.of("control garden")));
        Access dora = login("dora", "correct horse").orElseThrow().access();
        Login login = login("eve", "correct horse").orElseThrow();
        Login share = authorizer
                .enter(shared("garden", dora), HERE, by(login))
                .login()
                .orElseThrow();

        Access both = authorizer.of(Optional.empty(), List.of(login.cookie(), share.cookie()), HERE);
        assertThat(both.name()).isEqualTo("eve");
        assertThat(both.sees("garden") && both.may(Action.CONTROL, "door-1")).isTrue();
        assertThat(both.may(Action.CONTROL, "garden") || both.isAdmin()).isFalse();
        assertThat(both.isOfSame(login.access()) && login.access().isOfSame(both))
                .isTrue();
        assertThat(authorizer.accounts().logins(both))
                .filteredOn(Accounts.LoginInfo::current)
                .hasSize(2);
        assertThat(authorizer.accounts().shares("door-1")).isEmpty();
        assertThat(shared("door-1", both)).as("made by the user").isNotEmpty();

        AtomicInteger ends = ends(both);
        AtomicInteger withdrawn = new AtomicInteger();
        both.onEnd(withdrawn::incrementAndGet).run();
        done(authorizer.accounts().removeUser("dora"));
        assertThat(both.isOver()).isTrue();
        assertThat(ends).as("by the end of the share link").hasValue(1);
        assertThat(authorizer.of(Optional.empty(), List.of(login.cookie(), share.cookie()), HERE))
                .isSameAs(login.access());
        authorizer.logout(login.access());
        assertThat(ends).hasValue(1);
        assertThat(withdrawn).hasValue(0);
    }

    private String shared(String stream, Access maker) {
        return done(authorizer.accounts().share(stream, Duration.ofHours(1), maker))
                .secret();
    }

    private Access entered(String secret) throws RefusedException {
        return authorizer
                .enter(secret, HERE, Access.nobody())
                .login()
                .orElseThrow()
                .access();
    }

    @Test
    void sweep_loginWithoutUse_ends_butNotWhileSomethingIsOpen() throws RefusedException {
        start(EVE, false);
        Login idle = login("eve", "correct horse").orElseThrow();
        Login watching = login("eve", "correct horse").orElseThrow();
        AtomicInteger ends = ends(watching.access());
        for (int hours = 0; hours < 24; hours++) {
            clock.pass(Duration.ofHours(1));
            authorizer.sweep();
        }
        assertThat(idle.access().isOver()).isTrue();
        assertThat(ends).hasValue(0);

        clock.pass(Duration.ofDays(6));
        authorizer.sweep();

        assertThat(ends).as("the longest time holds in any case").hasValue(1);
    }

    @Test
    void logins_of33rd_endTheFirst() throws RefusedException {
        start(EVE, false);
        Login first = login("eve", "correct horse").orElseThrow();
        for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
            assertThat(login("eve", "correct horse")).isPresent();
        }
        assertThat(first.access().isOver()).isTrue();
        assertThat(authorizer.accounts().logins(by(login("eve", "correct horse").orElseThrow())))
                .hasSize(Sessions.MOST_OF_ONE);
    }

    @Test
    void share_moreThanMayBe_isRefused() throws RefusedException {
        start(EVE, false);
        Access eve = eve();
        for (int i = 0; i < Accounts.MOST; i++) {
            done(authorizer.accounts().share("door-1", Duration.ofHours(1), eve));
        }
        assertThatThrownBy(() -> done(authorizer.accounts().share("door-1", Duration.ofHours(1), eve)))
                .hasRootCauseInstanceOf(RefusedException.class);
    }

    @Test
    void keptFile_isReadableByItsOwnerOnly() throws IOException {
        start(AuthSettings.DEFAULTS, true);

        assertThat(Files.getPosixFilePermissions(folder.resolve("auth.json"))).hasSize(2);
    }
}
