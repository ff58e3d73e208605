package dev.sightline.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may log in, from the configuration and what is kept; the configuration's names come first. Immutable.
 *
 * @param open the access of everybody; empty where logins are demanded
 * @param users by name
 * @param tokens by their hashes
 * @param shares by the hashes of their secrets
 * @param jwt judges tokens that somebody else issued
 */
record Rules(
        Optional<LiveAccess> open,
        Map<String, Account> users,
        Map<String, LiveAccess> tokens,
        Map<String, Kept.Share> shares,
        Optional<JwtVerifier> jwt) {

    /** Of nobody: before the first are made. */
    static final Rules NONE = new Rules(Optional.empty(), Map.of(), Map.of(), Map.of(), Optional.empty());

    /**
     * A user.
     *
     * @param hash of the password
     * @param configured whether the configuration names it, so that the API cannot change it
     */
    record Account(Principal principal, String hash, boolean configured) {}

    /**
     * Makes the rules. Share links are those whose makers may still share their streams.
     *
     * @param isOpen whether everybody is let in
     * @param before the rules until now: what has not changed goes on
     * @param hashes gives a hash for a password in plain
     */
    static Rules of(
            boolean isOpen, AuthSettings settings, Kept kept, Rules before, PlainPasswords hashes, JwtVerifiers jwts) {
        Map<String, Account> users = new LinkedHashMap<>();
        settings.users().forEach((name, user) -> {
            Principal principal = new Principal(Principal.Kind.USER, name, user.grants());
            users.put(name, new Account(principal, hashes.hash(name, user), true));
        });
        kept.users().forEach(user -> users.putIfAbsent(user.name(), new Account(user.principal(), user.hash(), false)));
        Map<String, LiveAccess> tokens = new LinkedHashMap<>();
        settings.tokens()
                .forEach((name, token) -> tokens.put(
                        token.hash(),
                        before.access(token.hash(), new Principal(Principal.Kind.TOKEN, name, token.grants()))));
        kept.tokens()
                .forEach(token -> tokens.computeIfAbsent(token.hash(), hash -> before.access(hash, token.principal())));
        Optional<LiveAccess> open = isOpen ? Optional.of(before.open.orElseGet(LiveAccess::open)) : Optional.empty();
        List<Principal> known = Stream.concat(
                        users.values().stream().map(Account::principal),
                        tokens.values().stream().flatMap(access -> access.principal().stream()))
                .toList();
        Map<String, Kept.Share> shares = new LinkedHashMap<>();
        kept.shares().stream()
                .filter(share -> share.maker()
                        .map(maker -> maker.mayShare(share.stream(), known.stream()))
                        .orElse(isOpen))
                .forEach(share -> shares.put(share.hash(), share));
        return new Rules(open, users, tokens, shares, settings.jwt().map(jwts::of));
    }

    /** What is left of what was kept: links that do not hold any more are gone for good. */
    Kept of(Kept kept) {
        return kept.withoutShares(share -> !shares.containsKey(share.hash()));
    }

    private LiveAccess access(String hash, Principal principal) {
        LiveAccess present = tokens.get(hash);
        return present != null && present.principal().equals(Optional.of(principal))
                ? present
                : new LiveAccess(principal);
    }

    /** Whether a session of this principal may go on: it is still somebody, with the same rights and password. */
    boolean keeps(Principal principal, Rules before) {
        return switch (principal.kind()) {
            case USER -> Objects.equals(users.get(principal.name()), before.users.get(principal.name()));
            case SHARE ->
                shares.values().stream().anyMatch(share -> share.principal().equals(principal));
            case TOKEN, JWT -> true;
        };
    }

    /** Ends what these rules do not go on with. */
    void endAllBut(Rules next) {
        List<LiveAccess> gone = new ArrayList<>(tokens.values());
        gone.removeAll(next.tokens.values());
        open.filter(before -> next.open.isEmpty()).ifPresent(gone::add);
        gone.forEach(LiveAccess::end);
    }
}
