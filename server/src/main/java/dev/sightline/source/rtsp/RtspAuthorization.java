package dev.sightline.source.rtsp;

import dev.sightline.source.NetworkAddress.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a server that asks who its client is: Digest with SHA-256 or MD5 (RFC 7616, RFC 2617), or Basic (RFC 7617).
 *
 * @param challenge the value of {@code WWW-Authenticate} that is answered
 */
record RtspAuthorization(String challenge) {
    /** Best first. */
    private static final List<String> DIGESTS = List.of("SHA-256", "MD5");

    /** The answer to the best of the challenges that can be answered. */
    static Optional<RtspAuthorization> of(List<String> challenges) {
        for (String digest : DIGESTS) {
            for (String each : challenges) {
                if (isOf(each, "digest")
                        && parameter(each, "algorithm").orElse("MD5").equalsIgnoreCase(digest)) {
                    return Optional.of(new RtspAuthorization(each));
                }
            }
        }
        return challenges.stream()
                .filter(each -> isOf(each, "basic"))
                .findFirst()
                .map(RtspAuthorization::new);
    }

    /** The value of {@code Authorization} for a request. */
    String header(Login login, String method, String uri) {
        if (isOf(challenge, "basic")) {
            byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
        String realm = parameter(challenge, "realm").orElse("");
        String nonce = parameter(challenge, "nonce").orElse("");
        boolean counted = List.of(parameter(challenge, "qop").orElse("").split("[\\s,]+", -1))
                .contains("auth");
        // Each answer has a client's nonce of its own, so it is the first of its count.
        String own = UUID.randomUUID().toString().replace("-", "");
        String middle = counted ? nonce + ":00000001:" + own + ":auth" : nonce;
        String response = hash(hash(login.user() + ":" + realm + ":" + login.password()) + ":" + middle + ":"
                + hash(method + ":" + uri));
        return "Digest username=\"" + login.user().replaceAll("([\"\\\\])", "\\\\$1") + "\", realm=\"" + realm
                + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\""
                + parameter(challenge, "algorithm")
                        .map(name -> ", algorithm=" + name)
                        .orElse("")
                + parameter(challenge, "opaque")
                        .map(text -> ", opaque=\"" + text + "\"")
                        .orElse("")
                + (counted ? ", qop=auth, nc=00000001, cnonce=\"" + own + "\"" : "");
    }

    private String hash(String text) {
        try {
            String name = parameter(challenge, "algorithm").orElse("MD5").toUpperCase(Locale.ROOT);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and MD5", e);
        }
    }

    private static boolean isOf(String challenge, String scheme) {
        return challenge.strip().toLowerCase(Locale.ROOT).startsWith(scheme + " ");
    }

    private static Optional<String> parameter(String challenge, String name) {
        Matcher matcher = Pattern.compile("(?i)[\\s,]" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))")
                .matcher(challenge);
        return matcher.find()
                ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }
}
