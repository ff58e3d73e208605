package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for pictures against servers with a script. */
class PictureRequestIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String UNAUTHORIZED = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: ";
    private static final String DIGEST = "Digest realm=\"x\", qop=\"auth\", nonce=";

    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"n\"", DIGEST + "\"n\", stale=false"})
    void get_wrongPassword_isSentOnce(String challenge) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(UNAUTHORIZED + challenge + "\r\n\r\n")) {
            assertRefused(request(server));
            assertThat(answers(server)).containsExactly(false, true);
        }
    }

    @Test
    void get_refusedAsStale_isAskedOnceMore() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(UNAUTHORIZED + DIGEST + "\"n\", stale=true\r\n\r\n")) {
            assertRefused(request(server));
            assertThat(answers(server)).containsExactly(false, true, true);
        }
    }

    @Test
    void get_whatWasLearntHasExpired_isLearntOnceMore() throws Exception {
        String picture = OK + "\r\npicture";
        try (ScriptedServer server = ScriptedServer.start((request, number, out) -> {
            String nonce = number < 3 ? "\"one\"" : "\"two\"";
            boolean known = request.contains("nonce=" + nonce);
            out.write((known ? picture : UNAUTHORIZED + DIGEST + nonce + "\r\n\r\n").getBytes());
        })) {
            PictureRequest request = request(server);
            for (int i = 0; i < 3; i++) {
                request.get(LIMIT).close();
            }
            assertThat(answers(server)).containsExactly(false, true, true, true, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:99999/", "http://127.0.0.1:-5/", "http://:1/"})
    void get_redirectToNoAddress_isRefusedInPlainWords(String location) throws Exception {
        try (ScriptedServer server =
                ScriptedServer.answering("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n")) {
            assertThatThrownBy(() -> request(server).get(LIMIT))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("it redirects to something that is not");
        }
    }

    @Test
    void get_headOfFoldedLines_isBounded() throws Exception {
        for (String line : List.of(" x\r\n", " " + "x".repeat(1000) + "\r\n")) {
            try (ScriptedServer server = ScriptedServer.answering(OK + "A: b\r\n" + line.repeat(300) + "\r\n")) {
                assertThatThrownBy(() -> request(server).get(LIMIT))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the head of its answer has more than 256 lines or 64 KiB");
            }
        }
    }

    @Test
    void get_foldedLines_areOneHeader() throws Exception {
        String head = OK + " stray\r\nA: b\r\n c\r\n\td \r\nnonsense\r\n: x\r\nB:\r\n e\r\nC: " + "f".repeat(60_000);
        try (ScriptedServer server = ScriptedServer.answering(head + "\r\n\r\n");
                Answer answer = request(server).get(LIMIT)) {
            assertThat(answer.header("a")).isEqualTo("b c d");
            assertThat(answer.header("b")).isEqualTo("e");
            assertThat(answer.header("c")).hasSize(60_000);
        }
    }

    @Test
    void get_unknownCompression_isToldInShort() throws Exception {
        String coding = "Content-Encoding: br\u001b" + "x".repeat(15_000);
        try (ScriptedServer server = ScriptedServer.answering(OK + coding + "\r\n\r\n")) {
            assertThatThrownBy(() -> request(server).get(LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("its answer is compressed with 'br?" + "x".repeat(37) + "', which was not asked for");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 7",
                "Content-Length: 123456789012345678901234567890",
                "Content-Length: -1",
                "Content-Length: 0x7",
                "Content-Length:",
                "Transfer-Encoding: chunked\r\nContent-Length: 1",
            })
    void body_lengthsOfAnyKind_areReadOrPassedOver(String header) throws Exception {
        String body = header.startsWith("Transfer") ? "3\r\npic\r\n00004 ; a=\"b\"\r\nture\r\n0\r\n\r\n" : "picture";
        try (ScriptedServer server = ScriptedServer.answering(OK + header + "\r\n\r\n" + body);
                Answer answer = request(server).get(LIMIT)) {
            assertThat(answer.body().readAllBytes()).asString().isEqualTo("picture");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "identity"})
    void close_compressedOrNot_closesTheBody(String coding) throws Exception {
        byte[] body = Compression.of(coding, "picture".getBytes());
        try (ScriptedServer server = ScriptedServer.answering(OK + "Content-Encoding: " + coding + "\r\n\r\n", body)) {
            Answer answer = request(server).get(LIMIT);
            assertThat(answer.body().read()).isEqualTo('p');
            answer.close();
            assertThatThrownBy(() -> answer.body().read()).hasMessage("Stream closed");
        }
    }

    private static void assertRefused(PictureRequest request) {
        assertThatThrownBy(() -> request.get(LIMIT))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("401");
    }

    /** Of each request, whether it had a password. */
    private static List<Boolean> answers(ScriptedServer server) {
        return server.requests().stream()
                .map(request -> request.contains("Authorization: "))
                .toList();
    }

    private static PictureRequest request(ScriptedServer server) {
        return new PictureRequest(
                "cam", WebAddress.of("http://eve:wrong@" + server.hostAndPort() + "/x"), Optional.empty());
    }
}
