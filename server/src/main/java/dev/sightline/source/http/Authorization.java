package dev.sightline.source.http;

import dev.sightline.source.http.WebAddress.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server asked for that wants to know who asks: Digest with SHA-256 or MD5 (RFC 7616, RFC 2617), or Basic (RFC
 * 7617). It holds for the requests that follow. Used by one thread.
 */
final class Authorization {
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Best first. */
    private static final List<String> ALGORITHMS = List.of("SHA-256", "SHA-256-SESS", "MD5", "MD5-SESS");

    private final Map<String, String> challenge;
    private int count;

    private Authorization(Map<String, String> challenge) {
        this.challenge = challenge;
    }

    /** The best that a server's {@code WWW-Authenticate} headers offer; empty where none is known here. */
    static Optional<Authorization> of(List<String> headers) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> headers.stream()
                        .filter(header -> isScheme(header, "digest"))
                        .map(Authorization::parameters)
                        .filter(digest -> algorithm.equals(algorithm(digest))))
                .findFirst()
                .or(() -> headers.stream()
                        .filter(header -> isScheme(header, "basic"))
                        .findFirst()
                        .map(basic -> Map.<String, String>of()))
                .map(Authorization::new);
    }

    /** The header's value for a request with GET. */
    String header(Login login, String target) {
        return challenge.isEmpty() ? basic(login) : digest(login, target);
    }

    private static String basic(Login login) {
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private String digest(Login login, String target) {
        count++;
        String realm = challenge.getOrDefault("realm", "");
        String nonce = challenge.getOrDefault("nonce", "");
        String clientNonce = HexFormat.of().formatHex(random());
        String times = String.format(Locale.ROOT, "%08x", count);
        boolean quality = List.of(challenge
                        .getOrDefault("qop", "")
                        .toLowerCase(Locale.ROOT)
                        .split("[\\s,]+"))
                .contains("auth");

        String secret = hash(login.user() + ":" + realm + ":" + login.password());
        if (algorithm(challenge).endsWith("-SESS")) {
            secret = hash(secret + ":" + nonce + ":" + clientNonce);
        }
        String request = hash("GET:" + target);
        String middle = quality ? nonce + ":" + times + ":" + clientNonce + ":auth" : nonce;
        StringBuilder header =
                new StringBuilder("Digest username=\"" + quoted(login.user()) + "\", realm=\"" + quoted(realm)
                        + "\", nonce=\"" + quoted(nonce) + "\", uri=\"" + target + "\", response=\""
                        + hash(secret + ":" + middle + ":" + request) + "\"");
        if (challenge.containsKey("algorithm")) {
            header.append(", algorithm=").append(challenge.get("algorithm"));
        }
        if (challenge.containsKey("opaque")) {
            header.append(", opaque=\"").append(quoted(challenge.get("opaque"))).append('"');
        }
        if (quality) {
            header.append(", qop=auth, nc=")
                    .append(times)
                    .append(", cnonce=\"")
                    .append(clientNonce)
                    .append('"');
        }
        return header.toString();
    }

    private String hash(String text) {
        String name = algorithm(challenge).startsWith("SHA-256") ? "SHA-256" : "MD5";
        try {
            byte[] digest = MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has both.
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static boolean isScheme(String header, String scheme) {
        return header.strip().toLowerCase(Locale.ROOT).startsWith(scheme);
    }

    private static String algorithm(Map<String, String> digest) {
        return digest.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1");
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
