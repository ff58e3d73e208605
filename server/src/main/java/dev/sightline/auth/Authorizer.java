package dev.sightline.auth;

import dev.sightline.access.Access;
import dev.sightline.auth.LoginOutcomes.Outcome;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who may do what: the one place where passwords, cookies, tokens and share links become an {@link Access}.
 *
 * <pre>
 *  password ── PasswordCheck ──> Session ── cookie ──┐
 *  share link ───────────────────> Session ── cookie ──┼──> Access ── may(action, stream)
 *  own token, JWT ──────────────────────────────────────┘      └──── ends: revoked, past, changed
 * </pre>
 *
 * <p>Safe for use by any thread. {@link #of} never waits.
 */
public final class Authorizer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);

    /** The user that is made where nobody is named. */
    public static final String FIRST_USER = "admin";

    /** What is past is ended this often: within a second of its time. */
    private static final long SWEEP_MILLIS = 500;

    /** Stands for all texts that are no names in the table of attempts, which keeps no text of a stranger's length. */
    private static final String NO_NAME = "";

    private final boolean reachable;
    private final AuthStore store;
    private final InstantSource clock;
    private final Consumer<String> newPassword;
    private final Attempts attempts;
    private final Sessions sessions = new Sessions();
    private final PasswordCheck check = new PasswordCheck();
    private final LoginOutcomes outcomes = new LoginOutcomes();
    private final PlainPasswords plain = new PlainPasswords();
    private final JwtVerifiers jwts;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "sightline-access");
        made.setDaemon(true);
        return made;
    });

    // Written under this object's lock.
    private volatile boolean serving;
    private volatile AuthSettings settings;
    private volatile Kept kept;
    private volatile Rules rules = Rules.NONE;

    /**
     * Starts with a configuration. Until {@link #serve}, no password is made.
     *
     * @param reachable whether other computers can reach the server
     * @param newPassword is given the password of {@link #FIRST_USER} where one is made, once
     * @throws UncheckedIOException if what is kept cannot be read
     */
    public Authorizer(
            AuthSettings settings, boolean reachable, AuthStore store, KeyFetch keys, Consumer<String> newPassword) {
        this(settings, reachable, store, keys, newPassword, InstantSource.system());
    }

    Authorizer(
            AuthSettings settings,
            boolean reachable,
            AuthStore store,
            KeyFetch keys,
            Consumer<String> newPassword,
            InstantSource clock) {
        this.reachable = reachable;
        this.store = store;
        this.clock = clock;
        this.newPassword = newPassword;
        this.attempts = new Attempts(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        this.jwts = new JwtVerifiers(keys, Authorizer::aside, clock);
        this.settings = settings;
        this.kept = store.read();
        use(settings);
        thread.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * The server has its ports: makes the password of {@link #FIRST_USER} where one is needed. A start that fails before makes
     * none that nobody sees.
     */
    public synchronized void serve() {
        serving = true;
        use(settings);
    }

    /** The configuration has changed: logins of users who are gone, or have other rights or passwords, end. */
    public synchronized void use(AuthSettings now) {
        boolean open = isOpen(now);
        if (serving
                && !open
                && !now.namesSomebody()
                && kept.users().isEmpty()
                && kept.tokens().isEmpty()) {
            makeFirstUser();
        }
        settings = now;
        Rules next = Rules.of(open, now, kept, rules, plain, jwts);
        Kept left = next.of(kept);
        if (!left.equals(kept)) {
            kept = left;
            writeOrWarn("links whose makers may not share any more come back if they may again");
        }
        change(next);
    }

    private boolean isOpen(AuthSettings now) {
        return switch (now.mode()) {
            case NONE -> true;
            case LOGIN -> false;
            case AUTO -> !reachable && !now.namesSomebody();
        };
    }

    private void makeFirstUser() {
        String password = Secrets.password();
        Kept.User user = new Kept.User(FIRST_USER, Passwords.hash(password), List.of(Grant.ADMIN.toString()));
        kept = kept.with(user);
        writeOrWarn("the next start makes another password");
        newPassword.accept(password);
    }

    private void writeOrWarn(String otherwise) {
        try {
            store.write(kept);
        } catch (UncheckedIOException e) {
            LOG.warn("{}; {}", e.getMessage(), otherwise);
        }
    }

    /** Changes what is kept, on the store's thread; then it is in force. */
    synchronized void keep(Kept wanted) {
        Instant now = clock.instant();
        Kept current = wanted.withoutShares(share -> !now.isBefore(share.expires()));
        Rules next = Rules.of(rules.open().isPresent(), settings, current, rules, plain, jwts);
        Kept left = next.of(current);
        store.write(left);
        kept = left;
        change(next);
    }

    private void change(Rules next) {
        Rules before = rules;
        rules = next;
        before.endAllBut(next);
        jwts.endAllBut(next.jwt());
        sessions.end(session -> !next.keeps(session.principal(), before));
    }

    /** Whether everybody is let in. */
    public boolean isOpen() {
        return rules.open().isPresent();
    }

    /** Whether everybody is let in only because nobody but this computer can reach the server. */
    public boolean isOpenToThisComputer() {
        return isOpen() && settings.mode() == AuthSettings.Mode.AUTO;
    }

    /**
     * The access of whoever shows these.
     *
     * @param bearer a token; it counts before the cookies
     * @param cookies of a login and a share link
     * @param address the client's
     * @throws TooManyAttemptsException if this address has shown too many wrong tokens
     */
    public Access of(Optional<String> bearer, List<String> cookies, String address) {
        Rules now = rules;
        if (now.open().isPresent()) {
            return now.open().get();
        }
        return bearer.isPresent()
                ? token(now, bearer.get(), address).<Access>map(found -> found).orElse(Access.nobody())
                : ofSessions(cookies);
    }

    private Access ofSessions(List<String> cookies) {
        Instant now = clock.instant();
        List<LiveAccess> found = cookies.stream()
                .flatMap(secret -> sessions.find(secret, now).stream())
                .map(Session::access)
                .toList();
        Optional<LiveAccess> login =
                found.stream().filter(each -> !each.isShare()).findFirst();
        Optional<LiveAccess> share = found.stream().filter(LiveAccess::isShare).findFirst();
        if (login.isPresent() && share.isPresent()) {
            return new JointAccess(login.get(), share.get());
        }
        return login.or(() -> share).<Access>map(one -> one).orElse(Access.nobody());
    }

    private Optional<LiveAccess> token(Rules now, String token, String address) {
        LiveAccess own = now.tokens().get(Secrets.hash(token));
        if (own != null) {
            return Optional.of(own);
        }
        return now.jwt().flatMap(jwt -> jwt.access(token, address, attempts));
    }

    /**
     * Checks a password; takes some 50 ms, on another thread.
     *
     * @param address the client's
     * @return the login; empty if the user or password is wrong
     * @throws TooManyAttemptsException if too many were wrong
     * @throws RefusedException if too many log in at the same time
     */
    public CompletionStage<Optional<Login>> login(String user, String password, String address)
            throws RefusedException {
        String counted = AuthSettings.isName(user) ? user : NO_NAME;
        attempts.take(counted, address).ifPresent(wait -> {
            outcomes.count(Outcome.SLOWED);
            throw new TooManyAttemptsException(wait);
        });
        Optional<Rules.Account> account = Optional.ofNullable(rules.users().get(user));
        return checked(password, account).thenApply(right -> {
            outcomes.count(right ? Outcome.RIGHT : Outcome.WRONG);
            if (!right) {
                return Optional.empty();
            }
            attempts.succeeded(counted, address);
            return begin(user, account, address);
        });
    }

    private CompletionStage<Boolean> checked(String password, Optional<Rules.Account> account) throws RefusedException {
        try {
            return check.check(password, account.map(Rules.Account::hash));
        } catch (RefusedException e) {
            outcomes.count(Outcome.BUSY);
            throw e;
        }
    }

    /** What has become of attempts to log in with a password: how many by {@code right}, {@code wrong}, {@code slowed}, {@code busy}. */
    public Map<String, Long> outcomes() {
        return outcomes.counts();
    }

    /** Not if the user has changed meanwhile. */
    private synchronized Optional<Login> begin(String user, Optional<Rules.Account> checked, String address) {
        return checked.filter(account -> account.equals(rules.users().get(user)))
                .map(account ->
                        begin(account.principal(), address, clock.instant().plus(settings.longest())));
    }

    /**
     * Lets somebody in by a share link. It takes no lock, since a change holds it while it writes and calculates.
     *
     * @param address the client's
     * @param present what it may do already: who may watch the stream needs nothing more
     * @throws RefusedException if there is no such link, or it is past
     */
    public SharedStream enter(String secret, String address, Access present) throws RefusedException {
        Instant now = clock.instant();
        Kept.Share share = Optional.ofNullable(rules.shares().get(Secrets.hash(secret)))
                .filter(found -> now.isBefore(found.expires()))
                .orElseThrow(Authorizer::unknownLink);
        if (present.sees(share.stream())) {
            return new SharedStream(share.stream(), Optional.empty());
        }
        Login login = begin(share.principal(), address, share.expires());
        if (!rules.shares().containsValue(share)) {
            logout(login.access()); // it was taken back meanwhile
            throw unknownLink();
        }
        return new SharedStream(share.stream(), Optional.of(login));
    }

    private static RefusedException unknownLink() {
        return new RefusedException(Reason.UNKNOWN, "this link is not valid, or not any more: ask for another");
    }

    /**
     * What a share link leads to.
     *
     * @param stream the stream's name
     * @param login the login; empty where none is needed
     */
    public record SharedStream(String stream, Optional<Login> login) {}

    private Login begin(Principal principal, String address, Instant expires) {
        String cookie = Secrets.next();
        Instant now = clock.instant();
        Session session = new Session(principal, address, now, expires);
        sessions.add(cookie, session);
        return new Login(cookie, Duration.between(now, expires), session.access());
    }

    /** Ends the login that has this access, and what its browser has by a share link. */
    public void logout(Access access) {
        sessions.end(session -> session.access().isPartOf(access));
    }

    /** The users, tokens, share links and logins, and changes of them. */
    public Accounts accounts() {
        return new Accounts(this, sessions, thread, clock);
    }

    Kept kept() {
        return kept;
    }

    Rules rules() {
        return rules;
    }

    AuthSettings settings() {
        return settings;
    }

    /** A fetch of keys may take seconds, and comes at most every 30 s. */
    private static void aside(Runnable fetch) {
        Thread made = new Thread(fetch, "sightline-keys");
        made.setDaemon(true);
        made.start();
    }

    /** Ends what is past. */
    void sweep() {
        try {
            Instant now = clock.instant();
            sessions.sweep(now, settings.idle());
            jwts.sweep(now);
        } catch (RuntimeException e) {
            LOG.warn("logins could not be looked through: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        check.close();
    }
}
