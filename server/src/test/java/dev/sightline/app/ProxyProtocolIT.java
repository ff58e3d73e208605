package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that a trusted proxy opens for somebody, by the PROXY protocol and below a path. */
class ProxyProtocolIT {
    private static final String CLIENT = "PROXY TCP4 203.0.113.9 192.0.2.1 56324 443\r\n";

    @TempDir
    private static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        server = LiveServer.start(folder, """
                http:
                  port: 0
                  host: 0.0.0.0
                  trusted-proxies: [127.0.0.2]
                  proxy-protocol: true
                  base-path: /cams/
                  allowed-hosts: [cam.example.org]
                auth: none
                streams:
                  cam: {source: 'pattern:64x48@10'}
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The connection of a proxy, which has an address of its own. */
    private static RawClient proxy() throws IOException {
        return RawClient.from(
                "127.0.0.2", new InetSocketAddress("127.0.0.1", server.address().getPort()));
    }

    private static RawClient direct() throws IOException {
        return new RawClient(new InetSocketAddress("127.0.0.1", server.address().getPort()));
    }

    private static String get(String path, String... fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: cam.example.org\r\n" + String.join("", fields) + "\r\n";
    }

    @Test
    void connection_isItsClients() throws IOException {
        try (RawClient viewer = proxy()) {
            viewer.send(CLIENT + get("/cams/live/cam/mjpeg")).readHead();
            Await.until(
                    "the client is listed",
                    () -> server.api()
                            .json("/api/streams/cam/viewers")
                            .toString()
                            .contains("203.0.113.9"));
        }
        String change = "DELETE /api/streams/none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        try (RawClient stranger = proxy();
                RawClient here = direct()) {
            assertThat(stranger.send("PROXY UNKNOWN\r\n" + change).readAnswer()).startsWith("HTTP/1.1 403");
            assertThat(here.send(change).readAnswer()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void connectionOfAProxy_withoutTheHeader_isClosed_andOneOfAnybodyElseWithIt() throws IOException {
        try (RawClient careless = proxy();
                RawClient forger = direct()) {
            assertThat(careless.send(get("/health")).readAll()).isEmpty();
            assertThat(forger.send(CLIENT + get("/health")).readAll()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void answers_speakOfTheAddressThatTheClientSees() throws IOException {
        try (RawClient client = proxy()) {
            String bare = client.send(CLIENT + get("/cams")).readAnswer();
            assertThat(bare).startsWith("HTTP/1.1 308").containsIgnoringCase("location: cams/\r\n");
            assertThat(client.send(get("/cams/api/openapi.json")).readAnswer()).contains("[{\"url\":\"/cams/\"}]");
            assertThat(client.send(get("/api")).readAnswer()).contains("\"/cams/api/streams\"");
        }
    }

    @Test
    void forwardedFields_areBelievedOnlyFromTheProxy() throws IOException {
        String[] fields = {"X-Forwarded-Prefix: /x\r\n", "X-Forwarded-Host: 127.0.0.1\r\n"};
        try (RawClient somebody = proxy();
                RawClient here = direct()) {
            assertThat(somebody.send(CLIENT + get("/api/openapi.json", fields)).readAnswer())
                    .as("the client of a proxy is none")
                    .contains("[{\"url\":\"/cams/\"}]");
            assertThat(here.send(get("/api/openapi.json", fields)).readAnswer()).contains("[{\"url\":\"/cams/\"}]");
        }
    }
}
