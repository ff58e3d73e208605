package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The port for media is another program's: the server starts, says so, and does all the rest. */
class TakenMediaPortIT {
    private static final Logger SERVER = Logger.getLogger("dev.sightline");

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel() == Level.WARNING) {
                warnings.add(String.valueOf(logged.getMessage()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        SERVER.addHandler(reader);
    }

    @AfterEach
    void listenNoMore() {
        SERVER.removeHandler(reader);
    }

    @Test
    void start_udpPortTaken_goesWithoutWebRtc_andSaysSo() throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket taken = new DatagramSocket(0, here);
                SightlineServer server = serve(taken.getLocalPort())) {
            Api api = new Api(server.address());
            String port = String.valueOf(taken.getLocalPort());

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("no WebRTC: ")
                    .contains(port, "taken");
            assertThat(api.json("/api/webrtc").path("running").asBoolean(true)).isFalse();
            assertThat(api.json("/api/webrtc").path("reason").asString()).contains(port, "taken");
            for (String way : List.of("/live/demo/whep", "/live/me/whip")) {
                HttpResponse<String> refused =
                        api.send("POST", way, "v=0\r\ns=-\r\nt=0 0\r\n", Map.of("Content-Type", "application/sdp"));
                assertThat(refused.statusCode()).as(way).isEqualTo(503);
                assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(refused.body()).contains("WebRTC does not run here", port);
            }
            try (WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "demo");
                    InputStream mjpeg =
                            server.address().resolve("/live/demo/mjpeg").toURL().openStream()) {
                viewer.awaitPicture(3);
                assertThat(new String(mjpeg.readNBytes(20_000), StandardCharsets.ISO_8859_1))
                        .contains("image/jpeg", "JFIF");
            }
        }
    }

    @Test
    void start_tcpPortTaken_goesByUdpAlone_andSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            try (SightlineServer server = serve(taken.getLocalPort())) {
                Api api = new Api(server.address());

                assertThat(warnings).singleElement().asString().contains("UDP", "only");
                assertThat(api.json("/api/webrtc").path("running").asBoolean(false))
                        .isTrue();
                assertThat(api.mediaPort()).isEqualTo(taken.getLocalPort());
            }
        }
    }

    private static SightlineServer serve(int mediaPort) throws IOException {
        return Sightline.server().port(0).webRtcPort(mediaPort).stream(
                        "demo", stream -> stream.source("pattern:320x240@30"))
                .stream("me", stream -> stream.source("publish:"))
                .start();
    }
}
