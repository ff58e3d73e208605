package dev.sightline.source;

import dev.sightline.source.NetworkAddress.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's authentication challenge (RFC 9110, 11.6.1), and the answers to it: Digest with SHA-256 or MD5 (RFC 7616, RFC
 * 2617), or Basic (RFC 7617). One challenge holds for all following requests. Safe for use by any thread.
 */
public final class Challenge {
    private static final String BASIC = "basic";
    private static final String DIGEST = "digest";
    /** Best first. */
    private static final List<String> ALGORITHMS = List.of("SHA-256", "SHA-256-SESS", "MD5", "MD5-SESS");

    /** Appears as a parameter of its own if the quotes around a qop list were forgotten. */
    private static final String LISTED = "auth-int";

    /**
     * A word, or a parameter with its value. Possessive, because backtracking would use stack for each character of a long
     * value.
     */
    private static final Pattern PART =
            Pattern.compile("(?s)([\\w-]++)(?:\\s*+=\\s*+(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s,\"]*+)))?+");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String scheme;
    private final Map<String, String> parameters = new HashMap<>();
    private final String clientNonce = HexFormat.of().toHexDigits(RANDOM.nextLong());
    /** How many requests have answered it. */
    private final AtomicInteger answers = new AtomicInteger();

    private Challenge(String scheme) {
        this.scheme = scheme;
    }

    /** The best supported challenge among a server's {@code WWW-Authenticate} headers. */
    public static Optional<Challenge> of(List<String> headers) {
        return headers.stream()
                .flatMap(header -> split(header).stream())
                .filter(each -> each.rank() >= 0)
                .min(Comparator.comparingInt(Challenge::rank));
    }

    /** Whether the previous answer was refused only because its nonce was stale. */
    public boolean stale() {
        return parameter("stale").equalsIgnoreCase("true");
    }

    /** The value of {@code Authorization} for a request. */
    public String header(Login login, String method, String uri) {
        return scheme.equals(BASIC) ? "Basic " + basic(login) : digest(login, method, uri);
    }

    /** The challenges of one header: each begins with a word without a value. */
    private static List<Challenge> split(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher part = PART.matcher(header);
        while (part.find()) {
            String word = part.group(1).toLowerCase(Locale.ROOT);
            Optional<String> value = value(part);
            if (value.isEmpty() && !word.equals(LISTED)) {
                challenges.add(new Challenge(word));
            } else if (value.isPresent() && !challenges.isEmpty()) {
                challenges.get(challenges.size() - 1).parameters.putIfAbsent(word, value.get());
            }
        }
        return challenges;
    }

    private static Optional<String> value(Matcher part) {
        return part.group(2) == null
                ? Optional.<@Nullable String>ofNullable(part.group(3))
                : Optional.of(part.group(2).replaceAll("(?s)\\\\(.)", "$1"));
    }

    /** Lower is better; -1 if the scheme is unknown or a necessary parameter is missing. */
    private int rank() {
        if (scheme.equals(BASIC)) {
            return ALGORITHMS.size();
        }
        boolean complete = scheme.equals(DIGEST) && parameters.containsKey("realm") && parameters.containsKey("nonce");
        return complete ? ALGORITHMS.indexOf(algorithm()) : -1;
    }

    /** The user and password as Basic sends them. */
    static String basic(Login login) {
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(pair);
    }

    private String digest(Login login, String method, String uri) {
        String nonce = parameter("nonce");
        String count = HexFormat.of().toHexDigits(answers.incrementAndGet());
        boolean counted = List.of(parameter("qop").toLowerCase(Locale.ROOT).split("[\\s,]+", -1))
                .contains("auth");
        String middle = counted ? nonce + ":" + count + ":" + clientNonce + ":auth" : nonce;
        String response = hash(secret(login) + ":" + middle + ":" + hash(method + ":" + uri));
        return "Digest username=" + quoted(login.user()) + ", realm=" + quoted(parameter("realm")) + ", nonce="
                + quoted(nonce) + ", uri=" + quoted(uri) + ", response=" + quoted(response)
                + (parameters.containsKey("algorithm") ? ", algorithm=" + parameter("algorithm") : "")
                + (parameters.containsKey("opaque") ? ", opaque=" + quoted(parameter("opaque")) : "")
                + (counted ? ", qop=auth, nc=" + count + ", cnonce=" + quoted(clientNonce) : "");
    }

    private String secret(Login login) {
        String secret = hash(login.user() + ":" + parameter("realm") + ":" + login.password());
        return algorithm().endsWith("-SESS") ? hash(secret + ":" + parameter("nonce") + ":" + clientNonce) : secret;
    }

    private String hash(String text) {
        String name = algorithm().startsWith("SHA-256") ? "SHA-256" : "MD5";
        try {
            byte[] digest = MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256 and MD5", impossible);
        }
    }

    private String algorithm() {
        return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    }

    /** Empty if it is missing. */
    private String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
