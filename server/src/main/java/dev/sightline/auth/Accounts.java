package dev.sightline.auth;

import dev.sightline.access.Access;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * The users, tokens, share links and logins of a server: lists them, makes them and takes them back, while it runs. Lists never
 * wait; changes are made one after the other, by the room's thread. Safe for use by any thread.
 */
public final class Accounts {
    /** How many users, tokens and share links may be made. */
    static final int MOST = 1_000;

    /** How long a share link can hold. */
    public static final Duration LONGEST_SHARE = Duration.ofDays(366);

    private static final String NO_SHARER =
            "a link ends with the right of the user or token that made it: make it with one of these, not with an issuer's token (JWT)";

    private static final int SHORTEST_PASSWORD = 8;

    private final Authorizer authorizer;
    private final Sessions sessions;
    private final Executor thread;
    private final InstantSource clock;

    Accounts(Authorizer authorizer, Sessions sessions, Executor thread, InstantSource clock) {
        this.authorizer = authorizer;
        this.sessions = sessions;
        this.thread = thread;
        this.clock = clock;
    }

    /**
     * A login.
     *
     * @param id for taking it back
     * @param name the user's; of a share link, its id
     * @param kind either user or share
     * @param address the client's
     * @param current whether the one who asks is it
     */
    public record LoginInfo(
            String id,
            String name,
            String kind,
            String address,
            Instant since,
            Instant used,
            Instant expires,
            boolean current) {}

    /**
     * A user or token.
     *
     * @param may rights in words
     * @param configured whether the configuration names it, so that only that can change it
     */
    public record AccountInfo(String name, List<String> may, boolean configured) {}

    /**
     * A share link.
     *
     * @param id for taking it back
     * @param madeBy the user's name; empty without a login
     */
    public record ShareInfo(String id, String stream, Instant made, Instant expires, String madeBy) {}

    /**
     * What was made.
     *
     * @param secret the token, or the link's last part: told once, since only its hash is kept
     */
    public record Made<T>(T info, String secret) {}

    /** The logins that somebody may know of: its own, or all. */
    public List<LoginInfo> logins(Access who) {
        return sessions.all().stream()
                .filter(session -> isOf(session, who))
                .map(session -> info(session, who))
                .toList();
    }

    /** Ends a login; {@code false} if there is none of that id which is one's own, or one may not know of it. */
    public boolean endLogin(String id, Access who) {
        return sessions.end(session -> session.id().equals(id) && isOf(session, who)) > 0;
    }

    private static boolean isOf(Session session, Access who) {
        boolean shared = session.principal().kind() == Principal.Kind.SHARE;
        return who.isAdmin()
                || (shared ? session.access().isPartOf(who) : session.access().isOfSame(who));
    }

    private static LoginInfo info(Session session, Access who) {
        Principal principal = session.principal();
        return new LoginInfo(
                session.id(),
                principal.name(),
                principal.kind() == Principal.Kind.SHARE ? "share" : "user",
                session.address(),
                session.since(),
                session.used(),
                session.expires(),
                session.access().isPartOf(who));
    }

    /** The users. */
    public List<AccountInfo> users() {
        return authorizer.rules().users().values().stream()
                .map(account -> info(account.principal(), account.configured()))
                .toList();
    }

    /** The tokens. */
    public List<AccountInfo> tokens() {
        Stream<AccountInfo> configured = authorizer.settings().tokens().entrySet().stream()
                .map(each ->
                        new AccountInfo(each.getKey(), words(each.getValue().grants()), true));
        Stream<AccountInfo> made = authorizer.kept().tokens().stream().map(each -> info(each.principal(), false));
        return Stream.concat(configured, made).toList();
    }

    /** The share links of a stream that still hold. */
    public List<ShareInfo> shares(String stream) {
        Instant now = clock.instant();
        return authorizer.kept().shares().stream()
                .filter(share -> share.stream().equals(stream) && now.isBefore(share.expires()))
                .map(Accounts::info)
                .toList();
    }

    /**
     * Adds a user, or gives one that was added another password and rights; its logins end.
     *
     * @return fails with {@link RefusedException} if the configuration names it, or there are too many
     * @throws IllegalArgumentException if the name, a right or the password will not do
     */
    public CompletionStage<AccountInfo> putUser(String name, String password, List<String> may) {
        AuthSettings.checkName(name);
        List<String> rights = words(may.stream().map(Grant::of).toList());
        if (password.length() < SHORTEST_PASSWORD || password.length() > Passwords.LONGEST) {
            throw new IllegalArgumentException(
                    "a password has " + SHORTEST_PASSWORD + " to " + Passwords.LONGEST + " characters");
        }
        return later(() -> {
            requireFree(authorizer.settings().users().containsKey(name), "user", name);
            requireRoom(authorizer.kept().users().size());
            Kept.User user = new Kept.User(name, Passwords.hash(password), rights);
            authorizer.keep(authorizer.kept().with(user));
            return info(user.principal(), false);
        });
    }

    /** Removes a user that was added: its logins end. Fails with {@link RefusedException} if there is none. */
    public CompletionStage<Void> removeUser(String name) {
        return done(() -> {
            requireFree(authorizer.settings().users().containsKey(name), "user", name);
            require(
                    authorizer.kept().users().stream()
                            .anyMatch(each -> each.name().equals(name)),
                    "user",
                    name);
            authorizer.keep(authorizer.kept().withoutUser(name));
        });
    }

    /**
     * Makes a token.
     *
     * @return fails with {@link RefusedException} if the name is taken, or there are too many
     * @throws IllegalArgumentException if the name or a right will not do
     */
    public CompletionStage<Made<AccountInfo>> makeToken(String name, List<String> may) {
        AuthSettings.checkName(name);
        List<String> rights = words(may.stream().map(Grant::of).toList());
        return later(() -> {
            boolean taken = authorizer.settings().tokens().containsKey(name)
                    || authorizer.kept().tokens().stream()
                            .anyMatch(each -> each.name().equals(name));
            if (taken) {
                throw refused(Reason.TAKEN, "there is a token '" + name + "' already");
            }
            requireRoom(authorizer.kept().tokens().size());
            String secret = Secrets.next();
            Kept.Token token = new Kept.Token(name, Secrets.hash(secret), rights);
            authorizer.keep(authorizer.kept().with(token));
            return new Made<>(info(token.principal(), false), secret);
        });
    }

    /** Takes a token back that was made: what it opened ends. Fails with {@link RefusedException} if there is none. */
    public CompletionStage<Void> removeToken(String name) {
        return done(() -> {
            requireFree(authorizer.settings().tokens().containsKey(name), "token", name);
            require(
                    authorizer.kept().tokens().stream()
                            .anyMatch(each -> each.name().equals(name)),
                    "token",
                    name);
            authorizer.keep(authorizer.kept().withoutToken(name));
        });
    }

    /**
     * Makes a link by which anybody may watch a stream, until its maker may not share the stream any more.
     *
     * @param holds for how long at most
     * @param who makes it
     * @return fails with {@link RefusedException} if there are too many, or nobody could tell when its maker loses its right
     * @throws IllegalArgumentException if it would hold too long
     */
    public CompletionStage<Made<ShareInfo>> share(String stream, Duration holds, Access who) {
        if (holds.isNegative() || holds.isZero() || holds.compareTo(LONGEST_SHARE) > 0) {
            throw new IllegalArgumentException("a link holds for 1 second to " + LONGEST_SHARE.toDays() + " days");
        }
        return later(() -> {
            requireRoom(authorizer.kept().shares().size());
            String secret = Secrets.next();
            Instant now = clock.instant();
            Kept.Share share =
                    new Kept.Share(Secrets.id(), stream, Secrets.hash(secret), now, now.plus(holds), maker(who));
            authorizer.keep(authorizer.kept().with(share));
            if (!authorizer.kept().shares().contains(share)) {
                throw refused(Reason.FORBIDDEN, NO_SHARER);
            }
            return new Made<>(info(share), secret);
        });
    }

    private static Optional<Kept.Maker> maker(Access who) {
        return JointAccess.login(who) instanceof LiveAccess live
                ? live.principal().map(Kept.Maker::of)
                : Optional.empty();
    }

    /** Takes a share link back: what it opened ends. Fails with {@link RefusedException} if there is none. */
    public CompletionStage<Void> unshare(String stream, String id) {
        return done(() -> {
            boolean there = authorizer.kept().shares().stream()
                    .anyMatch(share -> share.id().equals(id) && share.stream().equals(stream));
            require(there, "share link", id);
            authorizer.keep(authorizer.kept().withoutShares(share -> share.id().equals(id)));
        });
    }

    private static AccountInfo info(Principal principal, boolean configured) {
        return new AccountInfo(principal.name(), words(principal.grants()), configured);
    }

    private static ShareInfo info(Kept.Share share) {
        return new ShareInfo(
                share.id(),
                share.stream(),
                share.made(),
                share.expires(),
                share.maker().map(Kept.Maker::name).orElse(""));
    }

    private static List<String> words(List<Grant> grants) {
        return grants.stream().map(Grant::toString).toList();
    }

    private static void requireFree(boolean configured, String what, String name) throws RefusedException {
        if (configured) {
            throw refused(Reason.TAKEN, "the configuration names " + what + " '" + name + "': change it there");
        }
    }

    private static void require(boolean there, String what, String name) throws RefusedException {
        if (!there) {
            throw refused(Reason.UNKNOWN, "there is no " + what + " '" + dev.sightline.refusal.Excerpt.of(name) + "'");
        }
    }

    private static void requireRoom(int present) throws RefusedException {
        if (present >= MOST) {
            throw refused(Reason.LIMIT, "there are " + MOST + " already: remove some first");
        }
    }

    private static RefusedException refused(Reason reason, String message) {
        return new RefusedException(reason, message);
    }

    private CompletionStage<Void> done(Removal removal) {
        return later(() -> {
                    removal.run();
                    return true;
                })
                .thenAccept(removed -> {});
    }

    private <T> CompletionStage<T> later(Change<T> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    done.complete(change.make());
                } catch (RefusedException | RuntimeException | Error e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(refused(Reason.ENDED, "the server stops"));
        }
        return done;
    }

    /** A change that may be refused. */
    @FunctionalInterface
    private interface Change<T> {
        T make() throws RefusedException;
    }

    /** A change without a result. */
    @FunctionalInterface
    private interface Removal {
        void run() throws RefusedException;
    }
}
