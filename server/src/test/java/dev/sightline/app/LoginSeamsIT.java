package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where logins meet reverse proxies, addresses of a program's own, and sessions whose ids stand in addresses. */
class LoginSeamsIT {
    private static final String[] ADMIN = {"Authorization", "Bearer token-of-the-administrator"};
    private static final String[] EVE = {"Authorization", "Bearer token-of-the-watcher-eve"};
    private static final String[] HTTPS = {"X-Forwarded-Proto", "https"};
    private static final String[] NOTHING = {};
    private static final String PASSWORD = "{\"user\":\"dora\",\"password\":\"correct horse\"}";

    @TempDir
    private static Path folder;

    private static SightlineServer behindProxy;
    private static SightlineServer direct;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        System.setProperty("sightline.data", folder.resolve("data").toString());
        behindProxy = described().trustedProxies("127.0.0.1").basePath("/cams/").start();
        direct = described().start();
        String dora = "{\"name\":\"dora\",\"password\":\"correct horse\",\"may\":[\"watch door\"]}";
        assertThat(send(direct, "POST", "/api/users", dora, ADMIN).statusCode()).isEqualTo(200);
        assertThat(send(behindProxy, "POST", "/api/users", dora, ADMIN).statusCode())
                .isEqualTo(200);
    }

    private static Sightline described() {
        return Sightline.server()
                .port(0)
                .token("admin", "token-of-the-administrator", "admin")
                .token("eve", "token-of-the-watcher-eve", "watch door")
                .stream("door", stream -> stream.source("publish:"))
                .stream(
                        "secret",
                        stream -> stream.source("publish:")
                                .mjpegAt("/hall")
                                .webSocketAt("/hall-ws")
                                .webRtcOfferAt("/hall-offer"));
    }

    @AfterAll
    static void end() {
        direct.close();
        behindProxy.close();
        System.clearProperty("sightline.data");
    }

    private static HttpResponse<String> send(
            SightlineServer server, String method, String path, String body, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        if (body.startsWith("{")) {
            request.header("Content-Type", "application/json");
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElse("none: " + answer);
    }

    @Test
    void login_httpsAtATrustedProxy_cookieIsSecureAndOnlyThisServers() throws Exception {
        String set = cookie(send(behindProxy, "POST", "/api/login", PASSWORD, HTTPS));
        String name = "__Host-sightline-" + behindProxy.port();

        assertThat(set).startsWith(name + "=").contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Secure");
        String value = set.substring(name.length() + 1, set.indexOf(';'));
        String[] right = {"X-Forwarded-Proto", "https", "Cookie", name + "=" + value};
        assertThat(send(behindProxy, "GET", "/api/streams", "", right).statusCode())
                .isEqualTo(200);
        String[] planted = {"X-Forwarded-Proto", "https", "Cookie", name.substring(7) + "=" + value};
        assertThat(send(behindProxy, "GET", "/api/streams", "", planted).statusCode())
                .as("a page of plain HTTP could have set that name")
                .isEqualTo(401);
        assertThat(cookie(send(behindProxy, "POST", "/api/logout", "", right)))
                .startsWith(name + "=;")
                .contains("Max-Age=0");
        assertThat(send(behindProxy, "GET", "/api/streams", "", right).statusCode())
                .isEqualTo(401);
    }

    @Test
    void login_whoOnlySaysItIsAProxy_isNotBelieved() throws Exception {
        assertThat(cookie(send(direct, "POST", "/api/login", PASSWORD, HTTPS)))
                .startsWith("sightline-" + direct.port() + "=")
                .doesNotContain("Secure");
    }

    @Test
    void guesses_behindATrustedProxy_countForTheClient() throws Exception {
        String wrong = "{\"user\":\"guessed\",\"password\":\"wrong\"}";
        int last = 0;
        for (int i = 0; i < 6; i++) {
            last = send(behindProxy, "POST", "/api/login", wrong, "X-Forwarded-For", "198.51.100.1")
                    .statusCode();
        }
        assertThat(last).isEqualTo(429);
        assertThat(send(behindProxy, "POST", "/api/login", wrong, "X-Forwarded-For", "198.51.100.2")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void addressOfAProgram_streamThatIsHidden_looksLikeNoAddress() throws Exception {
        for (String path : new String[] {"/hall", "/hall-ws", "/hall-offer"}) {
            for (String method : new String[] {"GET", "POST", "DELETE"}) {
                HttpResponse<String> hidden = send(direct, method, path, "", EVE);
                HttpResponse<String> absent = send(direct, method, path.replace("hall", "none"), "", EVE);
                assertThat(hidden.statusCode()).as("%s %s", method, path).isEqualTo(404);
                assertThat(hidden.body().replace("hall", "none")).isEqualTo(absent.body());
            }
        }
    }

    @Test
    void socketIo_idOfAnothersSession_isUnknown() throws Exception {
        String path = "/socket.io/?EIO=4&transport=polling";
        String opened = send(direct, "GET", path, "", EVE).body();
        Matcher id = Pattern.compile("\"sid\":\"([^\"]+)\"").matcher(opened);
        assertThat(id.find()).as(opened).isTrue();
        String session = path + "&sid=" + id.group(1);

        assertThat(send(direct, "POST", session, "40", EVE).statusCode()).isEqualTo(200);
        assertThat(send(direct, "POST", session, "40", NOTHING).body()).contains("Session ID unknown");
        HttpResponse<String> stolen = send(direct, "GET", session, "", ADMIN);
        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(send(direct, "GET", session, "", EVE).body()).startsWith("40");
    }

    @Test
    void socketIo_tokenOfTheConnect_bindsTheSessionToItsAddress() throws Exception {
        String[] here = {"X-Forwarded-For", "198.51.100.7"};
        String[] there = {"X-Forwarded-For", "203.0.113.9"};
        String path = "/cams/socket.io/?EIO=4&transport=polling";
        Matcher id = Pattern.compile("\"sid\":\"([^\"]+)\"")
                .matcher(send(behindProxy, "GET", path, "", here).body());
        assertThat(id.find()).isTrue();
        String session = path + "&sid=" + id.group(1);
        String connect = "40{\"token\":\"token-of-the-watcher-eve\",\"stream\":\"door\"}";
        assertThat(send(behindProxy, "POST", session, connect, here).statusCode())
                .isEqualTo(200);
        assertThat(send(behindProxy, "GET", session, "", here).body()).startsWith("40");

        assertThat(send(behindProxy, "GET", session, "", there).body()).contains("Session ID unknown");
        assertThat(send(behindProxy, "POST", session, "3", there).body()).contains("Session ID unknown");
        String[] moved = {"X-Forwarded-For", "203.0.113.9", EVE[0], EVE[1]};
        assertThat(send(behindProxy, "POST", session, "3", moved).statusCode())
                .as("the same login")
                .isEqualTo(200);
        assertThat(send(behindProxy, "POST", session, "3", here).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, 203.0.113.9",
        "X-Forwarded-For, 127.0.0.1",
        "X-Forwarded-Proto, https",
        "x-forwarded-host, cam.example.org",
        "Forwarded, for=203.0.113.9",
        "X-Real-IP, 203.0.113.9",
        "Via, 1.1 proxy"
    })
    void openServer_proxyThatNobodyNamed_isToldWhatToDo(String field, String value) throws Exception {
        try (SightlineServer open = Sightline.server().port(0).stream("door", stream -> stream.source("publish:"))
                .start()) {
            HttpResponse<String> page = send(open, "GET", "/", "", field, value, "Accept", "text/html");
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("trusted-proxies", "auth: none");
            for (String path : List.of("/api/streams", "/live/door/mjpeg", "/live/door/jpeg", "/metrics")) {
                assertThat(send(open, "GET", path, "", field, value).statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(connect(open, "40", field, value)).startsWith("44").contains("trusted-proxies");
            assertThat(connect(open, "40{\"token\":\"anything-at-all-that-is-long\"}", field, value))
                    .startsWith("44");
            assertThat(send(open, "GET", "/health", "", field, value).statusCode())
                    .as("who it tells nothing")
                    .isEqualTo(200);
            assertThat(send(open, "GET", "/api/streams", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void openServer_toldToLetEverybodyIn_letsProxiesIn() throws Exception {
        try (SightlineServer open = Sightline.server().port(0).auth("none").stream(
                        "door", stream -> stream.source("publish:"))
                .start()) {
            assertThat(send(open, "GET", "/api/streams", "", "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(send(direct, "GET", "/api/streams", "", "X-Forwarded-For", "203.0.113.9", EVE[0], EVE[1])
                        .statusCode())
                .as("with logins, these decide")
                .isEqualTo(200);
    }

    /** The answer to a CONNECT. */
    private static String connect(SightlineServer server, String packet, String... fields) throws Exception {
        String path = "/socket.io/?EIO=4&transport=polling";
        Matcher id = Pattern.compile("\"sid\":\"([^\"]+)\"")
                .matcher(send(server, "GET", path, "", fields).body());
        assertThat(id.find()).isTrue();
        String session = path + "&sid=" + id.group(1);
        assertThat(send(server, "POST", session, packet, fields).statusCode()).isEqualTo(200);
        return send(server, "GET", session, "", fields).body();
    }

    /** Removing the user ends the login that asked for it, and the connection with it. */
    @Test
    void ownRemoval_isAnsweredBeforeTheLoginEnds() throws Exception {
        String zoe = "{\"name\":\"zoe\",\"password\":\"battery staple\",\"may\":[\"admin\"]}";
        assertThat(send(direct, "POST", "/api/users", zoe, ADMIN).statusCode()).isEqualTo(200);
        String login = pair(send(direct, "POST", "/api/login", "{\"user\":\"zoe\",\"password\":\"battery staple\"}"));

        HttpResponse<String> removed = send(direct, "DELETE", "/api/users/zoe", "", "Cookie", login);

        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(send(direct, "GET", "/api/streams/door", "", "Cookie", login).statusCode())
                .isEqualTo(401);
    }

    @Test
    void shareLink_inABrowserThatIsLoggedIn_keepsTheLogin() throws Exception {
        String made = send(direct, "POST", "/api/streams/secret/shares", "{\"seconds\":600}", ADMIN)
                .body();
        String secret = made.replaceFirst("(?s).*#([^\"]+)\".*", "{\"secret\":\"$1\"}");
        String login = pair(send(direct, "POST", "/api/login", PASSWORD));
        assertThat(send(direct, "GET", "/api/streams/secret", "", "Cookie", login)
                        .statusCode())
                .isEqualTo(404);

        String share = pair(send(direct, "POST", "/api/share", secret, "Cookie", login));

        String[] both = {"Cookie", login + "; " + share};
        assertThat(share).doesNotStartWith(login.substring(0, login.indexOf('=') + 1));
        assertThat(send(direct, "GET", "/api/session", "", both).body()).contains("\"user\":\"dora\"");
        for (String stream : List.of("door", "secret")) {
            assertThat(send(direct, "GET", "/api/streams/" + stream, "", both).statusCode())
                    .as(stream)
                    .isEqualTo(200);
        }
        String id = made.replaceFirst("(?s).*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(send(direct, "DELETE", "/api/streams/secret/shares/" + id, "", ADMIN)
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(direct, "GET", "/api/streams/secret", "", both).statusCode())
                .isEqualTo(404);
        assertThat(send(direct, "GET", "/api/streams/door", "", both).statusCode())
                .isEqualTo(200);
        assertThat(send(direct, "POST", "/api/logout", "", both).statusCode()).isEqualTo(204);
        assertThat(send(direct, "GET", "/api/streams/door", "", both).statusCode())
                .isEqualTo(401);
    }

    private static String pair(HttpResponse<String> answer) {
        return cookie(answer).replaceFirst(";.*", "");
    }
}
