package dev.sightline.auth;

import dev.sightline.processor.Parameter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may do what.
 *
 * @param mode whether logins are demanded
 * @param users by name
 * @param tokens by name, for programs
 * @param jwt tokens that somebody else issues; empty for none
 * @param idle after which time without use a login ends
 * @param longest after which time it ends in any case
 */
public record AuthSettings(
        @Parameter(
                value =
                        "Whether logins are demanded: auto (where users, tokens or jwt are named, or other computers can reach the server), login, or none, which lets everybody in.",
                byDefault = "auto")
        Mode mode,

        @Parameter("Users by name; their passwords' hashes are what ./sightline password prints.")
        Map<String, User> users,

        @Parameter("Tokens for programs by name: they send Authorization: Bearer TOKEN.")
        Map<String, Token> tokens,

        @Parameter("Tokens that somebody else issues (JWT).")
        Optional<Jwt> jwt,

        @Parameter(value = "A login ends after this time without use.", byDefault = "12h")
        Duration idle,

        @Parameter(value = "A login ends after this time in any case.", byDefault = "168h")
        Duration longest) {

    /** The defaults. */
    public static final AuthSettings DEFAULTS =
            new AuthSettings(Mode.AUTO, Map.of(), Map.of(), Optional.empty(), Duration.ofHours(12), Duration.ofDays(7));

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

    /** Whether logins are demanded. */
    public enum Mode {
        /** Where somebody is named who may log in, or other computers can reach the server. */
        AUTO,
        /** On this computer too. */
        LOGIN,
        /** Everybody is let in. */
        NONE
    }

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if a name cannot be one, or nobody could log in for long
     */
    public AuthSettings {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
        users.keySet().forEach(AuthSettings::checkName);
        tokens.keySet().forEach(AuthSettings::checkName);
        if (idle.isNegative() || idle.isZero() || longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("idle and longest are times above 0, such as 12h");
        }
    }

    /**
     * A mode by its word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Mode mode(String word) {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("auth is auto, login or none, not '" + word + "'");
    }

    /** The same with logins, or without. */
    public AuthSettings withMode(Mode other) {
        return new AuthSettings(other, users, tokens, jwt, idle, longest);
    }

    /** The same with one more user. */
    public AuthSettings withUser(String name, User user) {
        Map<String, User> more = new LinkedHashMap<>(users);
        more.put(name, user);
        return new AuthSettings(mode, more, tokens, jwt, idle, longest);
    }

    /** The same with one more token. */
    public AuthSettings withToken(String name, Token token) {
        Map<String, Token> more = new LinkedHashMap<>(tokens);
        more.put(name, token);
        return new AuthSettings(mode, users, more, jwt, idle, longest);
    }

    /** The same with tokens of another issuer. */
    public AuthSettings withJwt(Jwt other) {
        return new AuthSettings(mode, users, tokens, Optional.of(other), idle, longest);
    }

    /** The same with logins that last for other times. */
    public AuthSettings withTimes(Duration without, Duration most) {
        return new AuthSettings(mode, users, tokens, jwt, without, most);
    }

    /** Whether anybody is named who could log in. */
    boolean namesSomebody() {
        return !users.isEmpty() || !tokens.isEmpty() || jwt.isPresent();
    }

    /**
     * Refuses what cannot name a user or token.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void checkName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a user's or token's name has 1 to 64 letters, digits, and . _ @ -");
        }
    }

    /** Whether it can name a user or token. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static List<Grant> grants(List<String> may) {
        return may.stream().map(Grant::of).toList();
    }

    /**
     * A user.
     *
     * @param passwordHash as {@code ./sightline password} prints it
     * @param password itself, where a file or the environment gives it
     * @param may rights: {@code watch door-*}
     */
    public record User(
            @Parameter("What ./sightline password prints.") Optional<String> passwordHash,

            @Parameter("The password itself, from the environment or a file: ${DOOR_PASSWORD}.")
            Optional<String> password,

            @Parameter("Rights, each an action and the streams it is for: watch door-*, publish, control, admin.")
            List<String> may) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is not one password, or a right is none
         */
        public User {
            may = List.copyOf(may);
            AuthSettings.grants(may);
            if (passwordHash.isPresent() == password.isPresent()) {
                throw new IllegalArgumentException("a user has either password-hash, or password from ${NAME}");
            }
            passwordHash.ifPresent(Passwords::check);
        }

        List<Grant> grants() {
            return AuthSettings.grants(may);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "User" + may;
        }
    }

    /**
     * A token for programs.
     *
     * @param token itself, where a file or the environment gives it
     * @param tokenHash its SHA-256 in hexadecimal
     * @param may rights: {@code watch door-*}
     */
    public record Token(
            @Parameter("The token itself, from the environment or a file: ${DOOR_TOKEN}; at least 20 characters.")
            Optional<String> token,

            @Parameter("Its SHA-256 in hexadecimal, as sha256sum prints it.")
            Optional<String> tokenHash,

            @Parameter("Rights, as of a user.") List<String> may) {
        private static final int SHORTEST = 20;
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is not one token, it can be guessed, or a right is none
         */
        public Token {
            may = List.copyOf(may);
            AuthSettings.grants(may);
            if (token.isPresent() == tokenHash.isPresent()) {
                throw new IllegalArgumentException("a token has either token-hash, or token from ${NAME}");
            }
            if (token.filter(secret -> secret.length() < SHORTEST).isPresent()) {
                throw new IllegalArgumentException("a token has at least " + SHORTEST + " characters, at random");
            }
            if (tokenHash.filter(hash -> !HASH.matcher(hash).matches()).isPresent()) {
                throw new IllegalArgumentException(
                        "token-hash is a SHA-256 in hexadecimal: 64 digits, 0 to 9 and a to f");
            }
        }

        List<Grant> grants() {
            return AuthSettings.grants(may);
        }

        String hash() {
            return tokenHash.orElseGet(() -> Secrets.hash(token.orElseThrow()));
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Token" + may;
        }
    }

    /**
     * Tokens that somebody else issues (RFC 7519).
     *
     * @param issuer what their {@code iss} must be
     * @param audience what must be in their {@code aud}
     * @param keys where the issuer's public keys are (RFC 7517)
     * @param algorithms the signatures that are accepted
     * @param claim which of their claims lists rights
     * @param may what all of them may do
     */
    public record Jwt(
            @Parameter("Who must have issued them: the claim iss.")
            String issuer,

            @Parameter("Whom they must be for: the claim aud.")
            String audience,

            @Parameter("Where the issuer's public keys are (a JWK set): https://example.org/.well-known/jwks.json.")
            String keys,

            @Parameter("The signatures that are accepted: RS256, ES256, and so on; RS256 and ES256 if none is named.")
            List<String> algorithms,

            @Parameter(value = "The claim that lists rights, as of a user.", byDefault = "sightline")
            String claim,

            @Parameter("What everybody with such a token may do.")
            List<String> may) {
        private static final List<String> USUAL = List.of("RS256", "ES256");
        private static final Pattern KNOWN = Pattern.compile("(?:RS|PS|ES)(?:256|384|512)");

        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException if an algorithm has no public key, a right is none, or the keys come unprotected
         */
        public Jwt {
            algorithms = algorithms.isEmpty() ? USUAL : List.copyOf(algorithms);
            may = List.copyOf(may);
            AuthSettings.grants(may);
            if (!algorithms.stream().allMatch(name -> KNOWN.matcher(name).matches())) {
                throw new IllegalArgumentException(
                        "jwt: algorithms are RS256, PS256, ES256, and those of 384 and 512; only the issuer can sign by them");
            }
            if (!keys.startsWith("https://") && !keys.matches("http://(?:127\\.0\\.0\\.1|localhost)[:/].*")) {
                throw new IllegalArgumentException("jwt: keys is an https:// address");
            }
        }

        List<Grant> grants() {
            return AuthSettings.grants(may);
        }
    }
}
