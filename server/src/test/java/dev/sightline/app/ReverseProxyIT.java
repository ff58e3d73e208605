package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.http.tls.Tls;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Caddy;
import dev.sightline.testkit.Nginx;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind nginx as the documents tell to configure it: as a site of its own and as a part of one, over HTTP and HTTPS. */
class ReverseProxyIT {
    private static final String NAME = "cam.example.org";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    @TempDir
    private static Path folder;

    private static SightlineServer server;
    private static Nginx nginx;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Tls.auto(folder.resolve("tls"), List.of(NAME)).close();
        server = Sightline.server().port(0).auth("none").allowedHosts(NAME).basePath("/cams/").stream(
                        "cam", stream -> stream.source("pattern:320x240@10"))
                .stream("me", stream -> stream.source("publish:"))
                .start();
        nginx = proxy("nginx", configuration -> configuration);
        browser = Browser.start(
                System.getenv(), "--ignore-certificate-errors", "--host-resolver-rules=MAP " + NAME + " 127.0.0.1");
    }

    @AfterAll
    static void stop() {
        browser.close();
        nginx.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    private static Nginx proxy(String name, UnaryOperator<String> change) throws IOException {
        Path tls = folder.resolve("tls");
        return Nginx.start(
                Files.createDirectories(folder.resolve(name)),
                server.port(),
                tls.resolve("server.crt"),
                tls.resolve("server.key"),
                change);
    }

    private static String site() {
        return "http://127.0.0.1:" + nginx.http() + "/";
    }

    private static String secureSite() {
        return "https://" + NAME + ":" + nginx.https() + "/";
    }

    @Test
    void site_overHttp_watchesAndPublishesInEveryWay() {
        worksAt(site());
    }

    @Test
    void partOfASite_overHttps_watchesAndPublishesInEveryWay() {
        worksAt(secureSite() + "cams/");
    }

    /** What a browser shows and sends below an address; nothing may be asked for elsewhere. */
    private static void worksAt(String base) {
        Page page = browser.page(640, 480);
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        page.onWebSocket(socket -> asked.add(socket.url().replaceFirst("^ws", "http")));
        page.navigate(base);
        Await.until(
                "a tile",
                () -> "live".equals(page.locator(".tile .word").first().textContent()));

        for (String transport : List.of("WebRTC", "WebSocket", "MJPEG")) {
            page.navigate(base + "live/cam?transport=" + transport.toLowerCase(Locale.ROOT));
            Await.until(
                    "pictures by " + transport,
                    () -> is(
                            page,
                            "(() => { const player = document.querySelector('sightline-player');"
                                    + " return player?.statistics?.transport === '" + transport
                                    + "' && player.situation.tone === 'live'; })()"));
        }

        page.navigate(base + "publish/me");
        page.locator("#start").click();
        Await.until("live", () -> "live".equals(page.locator("#word").textContent()));
        long frames = server.streams().get(1).frames();
        Await.until("pictures", () -> server.streams().get(1).frames() > frames + 10);
        page.locator("#start").click(); // the next one finds the place free
        Await.until("stopped", () -> !"live".equals(page.locator("#word").textContent()));
        page.close();
        assertThat(asked)
                .map(url -> url.replaceFirst("\\?.*", ""))
                .contains(base + "live/cam/whep", base + "live/cam/ws", base + "assets/style.css");
        assertThat(asked).allMatch(url -> url.startsWith(base) || url.startsWith("blob:"));
    }

    @Test
    void hostThatIsNotAllowed_isToldWhatToWrite() throws IOException {
        try (RawClient client = new RawClient(new InetSocketAddress("127.0.0.1", nginx.http()))) {
            String answer = client.send("GET /live/cam HTTP/1.1\r\nHost: other.example.org\r\n\r\n")
                    .readAnswer();
            assertThat(answer).startsWith("HTTP/1.1 421").contains("'other.example.org'", "allowed-hosts");
        }
    }

    @Test
    void partOfASite_behindCaddy_watchesAndPublishesInEveryWay() throws IOException {
        try (Caddy caddy = Caddy.start(Files.createDirectories(folder.resolve("caddy")), server.port())) {
            worksAt("http://127.0.0.1:" + caddy.port() + "/cams/");
            endsItsSession("http://127.0.0.1:" + caddy.port() + "/cams/");
        }
    }

    @Test
    void partOfASite_sessionOfWebRtc_isEndedAtTheAddressThatWasAnswered() throws IOException {
        endsItsSession(site() + "cams/");
        try (Nginx stripping = proxy(
                "stripping",
                configuration ->
                        configuration.replaceFirst("(?s)(location /cams/ .*proxy_pass http://sightline);", "$1/;"))) {
            endsItsSession("http://127.0.0.1:" + stripping.http() + "/cams/");
        }
    }

    private static void endsItsSession(String base) {
        Page page = browser.page(400, 400);
        page.navigate(base + "metrics");
        assertThat(page.evaluate("""
                (async () => {
                  const peer = new RTCPeerConnection();
                  peer.addTransceiver('video', { direction: 'recvonly' });
                  await peer.setLocalDescription();
                  const headers = { 'Content-Type': 'application/sdp' };
                  const body = peer.localDescription.sdp;
                  const answer = await fetch('live/cam/whep', { method: 'POST', headers, body });
                  const session = new URL(answer.headers.get('Location'), answer.url);
                  const metadata = /<(.*?)>/.exec(answer.headers.get('Link'))[1];
                  const data = await fetch(new URL(metadata, answer.url), { method: 'HEAD' });
                  const ended = await fetch(session, { method: 'DELETE' });
                  return [answer.status, session.pathname.replace(/[^/]*$/, 'ID'), data.status, ended.status].join(' ');
                })()""")).isEqualTo("201 /cams/live/cam/whep/ID 200 200");
        page.close();
    }

    @Test
    void anywhere_socketIo_getsPicturesByPollingAndByWebSocket() {
        for (String base : List.of(site(), site() + "cams/", secureSite(), secureSite() + "cams/")) {
            URI address = URI.create(base.replace(NAME, "127.0.0.1"));
            try (NodeClient client = NodeClient.start(address, """
                    const { origin, pathname } = new URL(url);
                    for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
                        const extraHeaders = { Origin: origin };
                        const path = pathname + 'socket.io/';
                        const socket = io(origin, { path, transports, extraHeaders, rejectUnauthorized: false, forceNew: true });
                        socket.on('connect_error', (error) => say('error', error.message));
                        for (let count = 0; count < 3; count++) await once(socket, 'frame');
                        socket.disconnect();
                    }
                    say('done');
                    """)) {
                assertThat(client.await("done")).isEqualTo("done");
                assertThat(client.lines()).noneMatch(line -> line.startsWith("error"));
            }
        }
    }

    @Test
    void hostOfTheProxysOwn_refusalSaysWhichHeaderDiffersAndWhatToWrite() throws IOException {
        refuses(
                "proxy_set_header Host $http_host;",
                "",
                "the Host header is 'sightline', which differs from the Origin;");
        refuses(
                "$http_host",
                "$host",
                "the Host header is '" + NAME
                        + "', which differs from the Origin in its port ($host of nginx drops it)");
    }

    private static void refuses(String line, String instead, String words) throws IOException {
        try (Nginx careless = proxy("careless", configuration -> configuration.replace(line, instead))) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", careless.http());
            String host = NAME + ":" + careless.http();
            String page = "Host: " + host + "\r\nOrigin: http://" + host + "\r\n";
            for (String request : List.of(
                    "POST /live/cam/whep HTTP/1.1\r\nContent-Length: 0\r\n",
                    "GET /live/cam/ws HTTP/1.1\r\n" + UPGRADE,
                    "GET /cams/live/cam/ws HTTP/1.1\r\n" + UPGRADE,
                    "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n",
                    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + UPGRADE)) {
                try (RawClient client = new RawClient(address)) {
                    assertThat(client.send(request + page + "\r\n").readAnswer())
                            .as(request)
                            .startsWith("HTTP/1.1 403")
                            .contains("http://" + host, words, "proxy_set_header Host $http_host;", "allowed-origins");
                }
            }
        }
    }

    @Test
    void upgradeNotPassedOn_answerSaysWhichHeaderIsMissing() throws IOException {
        try (Nginx careless =
                proxy("plain", configuration -> configuration.replace("proxy_set_header Upgrade $http_upgrade;", ""))) {
            HttpResponse<String> answer = new Api(URI.create("http://127.0.0.1:" + careless.http()))
                    .send("GET", "/live/cam/ws", "", Map.of());
            assertThat(answer.statusCode()).isEqualTo(426);
            assertThat(answer.body()).contains("Upgrade: websocket", "reverse proxy");
        }
    }

    private static boolean is(Page page, String condition) {
        return Boolean.TRUE.equals(page.evaluate(condition));
    }
}
