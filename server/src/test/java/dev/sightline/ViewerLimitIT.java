package dev.sightline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.WebSocketViewer;
import dev.sightline.transport.webrtc.sdp.Offers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that one may watch: whoever comes second is told so, by every transport. */
class ViewerLimitIT {
    private static final String FULL = "stream 'cam' has the most viewers allowed, 1 (max-viewers)";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private SightlineServer server;

    @BeforeEach
    void start() throws IOException {
        server = Sightline.server().port(0).webRtcPort(0).stream(
                        "cam", stream -> stream.source("pattern:64x48@30").maxViewers(1))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void second_isRefusedByEveryTransport_untilTheFirstLeaves() throws Exception {
        try (WebSocketViewer first = WebSocketViewer.watch(address(""), "cam")) {
            first.awaitPicture(0);
            assertRefused(get("/live/cam/mjpeg"));
            assertRefused(get("/live/cam/mjpeg?quality=50"));
            HttpRequest offer = HttpRequest.newBuilder(address("/live/cam/whep"))
                    .header("Content-Type", "application/sdp")
                    .POST(HttpRequest.BodyPublishers.ofString(Offers.CHROMIUM_WATCHES))
                    .build();
            assertRefused(HTTP.send(offer, BodyHandlers.ofString()));
            try (WebSocketViewer second = WebSocketViewer.watch(address(""), "cam")) {
                Await.until("it is sent away", () -> second.closeCode().isPresent());
                assertThat(second.closeCode()).contains(1013);
            }
            try (NodeClient client = NodeClient.start(address(""), """
                    const socket = io(url);
                    socket.on('connect_error', (error) => say('refused', error.data?.status, error.message));
                    """)) {
                assertThat(client.await("refused")).isEqualTo("refused 503 " + FULL);
            }
            assertRefused(get("/live/cam/jpeg"));
            first.awaitPicture(first.latest().orElseThrow().seq());
        }
        Await.until("it has left", () -> server.streams().get(0).viewers() == 0);
        try (RawClient next = new RawClient(new InetSocketAddress("127.0.0.1", server.port()))) {
            assertThat(next.get("/live/cam/mjpeg").readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void onlyViewer_goesFromLongPollingToWebSocket() {
        try (NodeClient client = NodeClient.start(address(""), """
                const socket = io(url, { transports: ['polling', 'websocket'] });
                socket.io.engine.on('upgrade', () => {
                    let count = 0;
                    socket.on('frame', () => say('frames', ++count));
                });
                socket.on('connect_error', (error) => say('frames', error.message));
                """)) {
            client.await("frames 10");
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(FULL);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
