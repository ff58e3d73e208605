package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.auth.Passwords;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logging in, share links and their end, in Chromium and on every transport. */
class LoginBrowserIT {
    private static final String PASSWORD = "correct horse";
    private static final Logger LOG = LoggerFactory.getLogger(LoginBrowserIT.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TRANSPORTS = List.of("mjpeg", "websocket", "socketio", "webrtc");

    /** Within which a login must be felt. */
    private static final long AT_ONCE_MILLIS = 1_000;

    /** Watches by each transport, and writes down when what becomes of it. */
    private static final String WATCH = """
            () => {
                const seen = { mjpeg: {}, websocket: {}, socketio: {}, webrtc: {} };
                window.seen = seen;
                window.began = Date.now();
                const note = (transport, what) => { seen[transport][what] ??= Date.now(); };
                const mjpeg = async () => {
                    const response = await fetch('/live/door/mjpeg');
                    if (response.status === 401) note('mjpeg', 'refused');
                    const reader = response.body.getReader();
                    try {
                        for (let part = await reader.read(); !part.done; part = await reader.read()) {
                            if (response.ok) note('mjpeg', 'live');
                        }
                    } catch { /* it was cut off */ }
                    note('mjpeg', 'ended');
                };
                const websocket = () => {
                    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/live/door/ws');
                    socket.onmessage = () => note('websocket', 'live');
                    socket.onclose = ({ code }) => {
                        if (!seen.websocket.live) note('websocket', 'refused');
                        note('websocket', 'ended');
                        seen.websocket.code = code;
                    };
                };
                const socketio = () => {
                    const socket = io({ transports: ['websocket'], auth: { stream: 'door' }, reconnection: false, forceNew: true });
                    socket.on('frame', () => note('socketio', 'live'));
                    socket.on('connect_error', ({ data }) => { if (data?.status === 401) note('socketio', 'refused'); });
                    socket.on('disconnect', () => note('socketio', 'ended'));
                };
                const webrtc = async () => {
                    const peer = new RTCPeerConnection();
                    window.peer = peer;
                    peer.addTransceiver('video', { direction: 'recvonly' });
                    await peer.setLocalDescription();
                    const response = await fetch('/live/door/whep', {
                        method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp,
                    });
                    if (response.status === 401) note('webrtc', 'refused');
                    if (!response.ok) {
                        return;
                    }
                    peer.addEventListener('connectionstatechange', () => {
                        if (peer.connectionState === 'connected') note('webrtc', 'live');
                    });
                    await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
                    const { transport } = peer.getReceivers()[0];
                    transport.addEventListener('statechange', () => {
                        if (transport.state === 'closed') note('webrtc', 'ended');
                    });
                };
                mjpeg();
                websocket();
                socketio();
                webrtc();
            }""";

    @TempDir
    private static Path folder;

    private static LiveServer server;
    private static Browser browser;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("sightline.data", folder.resolve("data").toString());
        server = LiveServer.start(folder, """
                http: {port: 0}
                auth:
                  users:
                    eve: {password-hash: '%s', may: [watch door, control door]}
                  tokens:
                    admin: {token: token-of-the-administrator, may: [admin]}
                streams:
                  garden: {source: 'pattern:320x240@15'}
                  door: {source: 'pattern:320x240@15'}
                """.formatted(Passwords.hash(PASSWORD)));
        browser = Browser.start();
    }

    @AfterAll
    static void end() {
        browser.close();
        server.close();
        System.clearProperty("sightline.data");
    }

    @Test
    void login_refusedBefore_liveAfter_endedByRevocation_onEveryTransport() {
        Page page = browser.page(800, 600);
        page.navigate(at("/live/door?quality=50").toString());
        assertThat(page.url()).endsWith("/login?to=live%2Fdoor%3Fquality%3D50");
        watchAll(page);
        TRANSPORTS.forEach(transport -> await(page, transport, "refused"));

        logIn(page, "wrong horse");
        Await.until("it is told", () -> page.textContent("#problem").contains("wrong"));
        logIn(page, PASSWORD);
        page.waitForURL(url -> url.endsWith("/live/door?quality=50"));
        Await.until("it plays", () -> page.textContent("#word").equals("live"));
        Page second = browser.page(800, 600);
        second.navigate(at("/login").toString());
        watchAll(second);
        assertAtOnce(second, "live", number(second, "window.began"));

        long revoked = System.currentTimeMillis();
        api("GET", "/api/sessions", "")
                .forEach(login ->
                        api("DELETE", "/api/sessions/" + login.path("id").asString(), ""));

        assertAtOnce(second, "ended", revoked);
        assertThat(second.evaluate("() => window.seen.websocket.code")).isEqualTo(4401);
        page.waitForURL(url -> url.contains("/login?to=live%2Fdoor"));
        page.close();
        second.close();
    }

    @Test
    void list_ofALogin_hasItsStreamsOnly_andLogoutEndsIt() {
        Page page = browser.page(360, 640);
        page.navigate(at("/").toString());
        logIn(page, PASSWORD);
        Await.until("its stream is there", () -> page.locator(".tile").count() == 1);
        assertThat(page.textContent(".tile .name")).isEqualTo("door");
        String all = String.valueOf(page.evaluate("""
                async () => {
                    const texts = await Promise.all(['api/streams', 'metrics', 'api/config', 'api/webrtc', 'health', 'api/streams/gardens']
                        .map(async (path) => (await fetch('/' + path)).text()));
                    return texts.join('\\n').replaceAll('gardens', '');
                }"""));
        assertThat(all).contains("door").doesNotContain("garden");

        page.click("#logout");

        page.waitForURL(url -> url.contains("/login"));
        assertThat(page.evaluate("async () => (await fetch('/api/streams')).status"))
                .isEqualTo(401);
        page.close();
    }

    @Test
    void shareLink_letsWatchOneStreamWithoutAPassword_untilItIsTakenBack() {
        JsonNode made = api("POST", "/api/streams/door/shares", "{\"seconds\": 3600}");
        Browser guest = Browser.start();
        try {
            Page page = guest.page(800, 600);
            page.navigate(at(made.path("path").asString()).toString());
            page.waitForURL(url -> url.endsWith("/live/door"));
            Await.until("it plays", () -> page.textContent("#word").equals("live"));
            assertThat(page.evaluate("async () => (await fetch('/live/garden/jpeg')).status"))
                    .isEqualTo(404);

            api("DELETE", "/api/streams/door/shares/" + made.path("id").asString(), "");

            page.waitForURL(url -> url.contains("/login?to=live%2Fdoor"));
            page.navigate(at(made.path("path").asString()).toString());
            Await.until("it is told", () -> page.textContent("#problem").contains("not valid"));
        } finally {
            guest.close();
        }
    }

    private static void watchAll(Page page) {
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setUrl(at("/socket.io/socket.io.js").toString()));
        page.evaluate(WATCH);
    }

    private static void await(Page page, String transport, String state) {
        Await.until(
                transport + " is " + state,
                () -> Boolean.TRUE.equals(page.evaluate(
                        "([transport, state]) => window.seen[transport][state] > 0", List.of(transport, state))));
    }

    /** Where all four are in a state: the time from then until the last of them was, both by this computer's clock. */
    private static void assertAtOnce(Page page, String state, double since) {
        for (String transport : TRANSPORTS) {
            await(page, transport, state);
            double then = number(page, "window.seen." + transport + "." + state);
            LOG.info("{} is {} after {} ms", transport, state, then - since);
            assertThat(then - since).as("%s is %s, ms", transport, state).isLessThanOrEqualTo(AT_ONCE_MILLIS);
        }
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private static void logIn(Page page, String password) {
        page.fill("#user", "eve");
        page.fill("#password", password);
        page.click("#do");
    }

    private static URI at(String path) {
        return server.address().resolve(path);
    }

    private JsonNode api(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer token-of-the-administrator")
                .build();
        try {
            String answer = client.send(request, BodyHandlers.ofString()).body();
            return answer.isEmpty() ? JSON.valueToTree(Map.of()) : JSON.readTree(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
