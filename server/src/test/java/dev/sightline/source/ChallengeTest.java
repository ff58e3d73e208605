package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.source.NetworkAddress.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static final Login EVE = new Login("eve", "p@ss:1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "basic",
                "Basic realm=\"x\"",
                "Basic realm=My Camera",
                "Basic realm=\"never closed",
                "Negotiate, Basic realm=\"x\"",
                "Negotiate abc==, Basic",
                "Bearer realm=\"Digest realm=y, nonce=n\", Basic realm=\"x\"",
                "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256, Basic realm=\"x\"",
                "Digest realm=\"x\", Basic realm=\"x\", nonce=\"n\"",
            })
    void of_basicAlone_isAnsweredByBasic(String header) {
        String pair = Base64.getEncoder().encodeToString("eve:p@ss:1".getBytes(StandardCharsets.UTF_8));
        assertThat(answer(header)).contains("Basic " + pair);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest realm=\"x\"",
                "Digest nonce=\"n\"",
                "Digest realm=\"x\", nonce=\"n\", algorithm=BASIC",
                "Digest realm=\"x\", Negotiate nonce=\"n\"",
                "Bearer realm=\"Basic\"",
                "BasicPlus realm=\"x\"",
                "realm=\"x\", nonce=\"n\"",
            })
    void of_whatCannotBeAnswered_isNone(String header) {
        assertThat(answer(header)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Digest realm="a, b", nonce="n=1"                                                    | MD5
            digest realm=a, nonce=n                                                             | MD5
            Digest realm = "a" , nonce = "n" , qop = "auth"                                     | MD5
            Digest realm="a", nonce="n", qop=auth,auth-int, opaque="o"                          | MD5
            Digest realm="a", nonce="n", qop="auth-int,AUTH", algorithm=md5                     | MD5
            Digest realm="a \\"b\\"", nonce="n", algorithm="SHA-256", qop="auth"                | SHA-256
            Digest realm="a", nonce="n", algorithm=MD5-sess, qop="auth"                         | MD5
            Digest realm="a", nonce="n", algorithm=SHA-256-sess, qop="auth"                     | SHA-256
            Basic realm="x", Digest realm="a", nonce="n"                                        | MD5
            Digest realm="a", nonce="n", Basic realm="x"                                        | MD5
            Basic, Digest realm="a", nonce="n"                                                  | MD5
            Digest realm="m", nonce="m", Digest realm="a", nonce="n", algorithm=SHA-256         | SHA-256
            Digest realm="a", nonce="n", algorithm=SHA-256, Digest realm="m", nonce="m", Basic  | SHA-256
            Basic realm="Digest realm=x, nonce=y", Digest realm="a", nonce="n"                  | MD5
            """)
    void of_digestAmongOthers_isAnsweredByTheBest(String header, String algorithm) {
        String answer = answer(header).orElseThrow();
        Map<String, String> told = parameters(answer);

        assertThat(answer).startsWith("Digest ");
        assertThat(told.get("realm")).isIn("a", "a, b", "a \"b\"");
        assertThat(told.get("nonce")).isIn("n", "n=1");
        assertThat(told).doesNotContainValue("x");
        assertThat(told.get("response")).isEqualTo(response(told, algorithm));
        assertThat(told.containsKey("qop")).isEqualTo(header.contains("qop"));
    }

    @Test
    void of_severalHeaders_isTheBestOfAll() {
        List<String> headers = List.of(
                "Basic realm=\"x\"",
                "Digest realm=\"x\", nonce=\"n\"",
                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA-256");
        assertThat(Challenge.of(headers).orElseThrow().header(EVE, "GET", "/"))
                .contains("realm=\"a\"", "algorithm=SHA-256");
    }

    @Test
    void header_severalRequests_areCounted() {
        Challenge challenge = Challenge.of(List.of("Digest realm=\"a\", nonce=\"n\", qop=\"auth\""))
                .orElseThrow();
        assertThat(challenge.header(EVE, "GET", "/")).contains("nc=00000001");
        assertThat(challenge.header(EVE, "GET", "/")).contains("nc=00000002");
    }

    @ParameterizedTest
    @CsvSource({"stale=true, true", "stale=TRUE, true", "stale=\"true\", true", "stale=false, false", "x=true, false"})
    void stale_isWhatTheServerSays(String parameter, boolean stale) {
        Optional<Challenge> challenge = Challenge.of(List.of("Digest realm=\"a\", nonce=\"n\", " + parameter));
        assertThat(challenge.orElseThrow().stale()).isEqualTo(stale);
    }

    @Test
    void of_endlessValues_areReadLikeOthers() {
        String long1 = "x".repeat(1 << 20);
        String long2 = "\\\\".repeat(1 << 20);
        for (String value : List.of('"' + long1 + '"', '"' + long2 + '"', long1, '"' + long1, " ".repeat(1 << 20))) {
            assertThat(Challenge.of(List.of("Digest realm=\"a\", nonce=\"n\", opaque=" + value)))
                    .isPresent();
        }
    }

    private static Optional<String> answer(String header) {
        return Challenge.of(List.of(header)).map(challenge -> challenge.header(EVE, "GET", "/x?y"));
    }

    private static Map<String, String> parameters(String answer) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = Pattern.compile("(\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^, ]*))")
                .matcher(answer);
        while (matcher.find()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replace("\\", "");
            parameters.put(matcher.group(1), value);
        }
        return parameters;
    }

    /** RFC 7616, 3.4.1 and 3.4.2, and RFC 2069 where no quality was asked for. */
    private static String response(Map<String, String> told, String algorithm) {
        String secret = hash(algorithm, "eve:" + told.get("realm") + ":p@ss:1");
        if (told.getOrDefault("algorithm", "").toLowerCase().endsWith("-sess")) {
            secret = hash(algorithm, secret + ":" + told.get("nonce") + ":" + told.get("cnonce"));
        }
        String middle = told.containsKey("qop")
                ? String.join(":", told.get("nonce"), told.get("nc"), told.get("cnonce"), told.get("qop"))
                : told.get("nonce");
        return hash(algorithm, secret + ":" + middle + ":" + hash(algorithm, "GET:/x?y"));
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
