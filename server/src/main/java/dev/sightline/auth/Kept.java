package dev.sightline.auth;

import dev.sightline.access.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What was made while the server ran, and outlasts it: hashes only.
 *
 * @param users with passwords
 * @param tokens for programs
 * @param shares links to one stream each
 */
record Kept(List<User> users, List<Token> tokens, List<Share> shares) {
    /** Nothing. */
    static final Kept NOTHING = new Kept(List.of(), List.of(), List.of());

    /** Copies the lists. */
    Kept {
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
        shares = List.copyOf(shares);
    }

    /**
     * A user.
     *
     * @param hash of the password
     * @param may rights in words
     */
    record User(String name, String hash, List<String> may) {
        Principal principal() {
            return new Principal(
                    Principal.Kind.USER, name, may.stream().map(Grant::of).toList());
        }
    }

    /**
     * A token.
     *
     * @param hash its SHA-256
     * @param may rights in words
     */
    record Token(String name, String hash, List<String> may) {
        Principal principal() {
            return new Principal(
                    Principal.Kind.TOKEN, name, may.stream().map(Grant::of).toList());
        }
    }

    /**
     * A link by which anybody may watch one stream for a time.
     *
     * @param id for lists
     * @param hash of its secret
     * @param maker empty if it was made without a login
     */
    record Share(String id, String stream, String hash, Instant made, Instant expires, Optional<Maker> maker) {
        Principal principal() {
            return new Principal(Principal.Kind.SHARE, id, List.of(new Grant(Action.WATCH, stream)));
        }
    }

    /** Who made a link: it holds as long as that user or token may share the stream. */
    record Maker(Principal.Kind kind, String name) {
        static Maker of(Principal principal) {
            return new Maker(principal.kind(), principal.name());
        }

        boolean mayShare(String stream, Stream<Principal> known) {
            return known.anyMatch(each -> of(each).equals(this) && each.may(Action.CONTROL, stream));
        }
    }

    Kept with(User user) {
        return new Kept(plus(users, user, each -> each.name().equals(user.name())), tokens, shares);
    }

    Kept with(Token token) {
        return new Kept(users, plus(tokens, token, each -> each.name().equals(token.name())), shares);
    }

    Kept with(Share share) {
        return new Kept(users, tokens, plus(shares, share, each -> false));
    }

    Kept withoutUser(String name) {
        return new Kept(without(users, each -> each.name().equals(name)), tokens, shares);
    }

    Kept withoutToken(String name) {
        return new Kept(users, without(tokens, each -> each.name().equals(name)), shares);
    }

    Kept withoutShares(Predicate<Share> gone) {
        return new Kept(users, tokens, without(shares, gone));
    }

    private static <T> List<T> plus(List<T> all, T one, Predicate<T> replaced) {
        return Stream.concat(without(all, replaced).stream(), Stream.of(one)).toList();
    }

    private static <T> List<T> without(List<T> all, Predicate<T> gone) {
        return all.stream().filter(gone.negate()).toList();
    }
}
