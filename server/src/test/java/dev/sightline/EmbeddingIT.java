package dev.sightline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedding program can put beside its streams. */
class EmbeddingIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void page_withPlaceholders_isFilledInAnewForEveryRequest() throws Exception {
        Path page = Files.writeString(folder.resolve("client.html"), "w=##WIDTH## other=##OTHER## # ##");
        AtomicInteger width = new AtomicInteger(640);

        try (SightlineServer server = Sightline.server()
                .port(0)
                .page("/client.html", page.toString(), () -> Map.of("WIDTH", "" + width.get()))
                .start()) {
            assertThat(get(server, "/client.html").body()).isEqualTo("w=640 other=##OTHER## # ##");
            width.set(800);
            assertThat(get(server, "/client.html").body()).startsWith("w=800 ");
            Files.writeString(page, "new");
            HttpResponse<String> fresh = get(server, "/client.html");
            assertThat(fresh.body()).isEqualTo("new");
            assertThat(fresh.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        }
    }

    @Test
    void page_atTheRoot_comesBeforeTheDashboard_whoseOtherAddressesStay() throws Exception {
        Path page = Files.writeString(folder.resolve("mine.html"), "mine");

        try (SightlineServer server =
                Sightline.server().port(0).page("/", page.toString()).start()) {
            assertThat(get(server, "/").body()).isEqualTo("mine");
            assertThat(get(server, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void page_missing_isSaidAtOnce() {
        assertThatThrownBy(() ->
                        Sightline.server().page("/", folder.resolve("no.html").toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no.html");
    }

    @Test
    void files_serveTheirFolder_butNothingHiddenAndNothingOutside() throws Exception {
        Path served = Files.createDirectories(folder.resolve("web/inner"));
        Files.writeString(served.resolve("a.js"), "let a;");
        Files.writeString(folder.resolve("web/.env"), "secret");
        Files.writeString(folder.resolve("outside.js"), "secret");

        try (SightlineServer server = Sightline.server()
                .port(0)
                .files("/static", folder.resolve("web").toString())
                .start()) {
            assertThat(get(server, "/static/inner/a.js").body()).isEqualTo("let a;");
            for (String path : new String[] {"/static/.env", "/static/../outside.js", "/static/%2e%2e/outside.js"}) {
                try (RawClient client = new RawClient(new InetSocketAddress("127.0.0.1", server.port()))) {
                    assertThat(client.get(path, "Connection: close").readAll())
                            .as(path)
                            .startsWith("HTTP/1.1 4")
                            .doesNotContain("secret");
                }
            }
        }
    }

    @Test
    void mjpegAt_servesTheStreamThere() throws Exception {
        try (SightlineServer server = Sightline.server().port(0).redirect("/", "/video_feed").stream(
                                "cam", s -> s.source("pattern:320x240@30").mjpegAt("/video_feed"))
                        .start();
                RawClient client = new RawClient(new InetSocketAddress("127.0.0.1", server.port()))) {
            client.get("/video_feed");

            assertThat(client.readHead()).contains("multipart/x-mixed-replace; boundary=frame");
            assertThat(client.readHead()).startsWith("--frame\r\nContent-Type: image/jpeg\r\n");
            assertThat(get(server, "/").headers().firstValue("Location")).contains("/video_feed");
        }
    }

    @Test
    void webSocketAt_aPortOfItsOwn_isOpenToThePagesOfTheFirst_andToNoOthers() throws Exception {
        try (SightlineServer server = Sightline.server().port(0).stream(
                        "cam", s -> s.source("pattern:320x240@30").webSocketAt(0, "/"))
                .start()) {
            int page = server.ports().get(0);
            int sockets = server.ports().get(1);

            assertThat(handshake(sockets, "http://127.0.0.1:" + page)).startsWith("HTTP/1.1 101");
            assertThat(handshake(sockets, "http://127.0.0.1:" + (page + 1))).startsWith("HTTP/1.1 403");
            assertThat(handshake(sockets, "http://example.org:" + page)).startsWith("HTTP/1.1 403");
            assertThat(get(sockets, "/live/cam").statusCode()).isEqualTo(404);
        }
    }

    private static String handshake(int port, String origin) throws IOException {
        try (RawClient client = new RawClient(new InetSocketAddress("127.0.0.1", port))) {
            return client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: " + origin + "\r\n\r\n")
                    .readHead();
        }
    }

    private static HttpResponse<String> get(SightlineServer server, String path) throws Exception {
        return get(server.port(), path);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
