package dev.sightline.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.tls.Tls;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.Trust;
import dev.sightline.transport.mjpeg.MjpegTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newest wins over TLS as over plain HTTP: nothing piles up between the picture and the kernel. */
class SecureViewersIT {
    @TempDir
    private static Path folder;

    private final StreamRegistry registry = new StreamRegistry();
    private final PushSource source = new PushSource(320, 240);
    private LiveStream stream;
    private SSLContext trust;
    private long buffersBefore;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Tls certificate = Tls.auto(folder, List.of());
        trust = Trust.in(certificate.authority().orElseThrow());
        stream = registry.start("cam", source, Pipeline.of(List.of()), false);
        Routes routes = new Routes();
        new WebSocketTransport(registry).addTo(routes);
        new MjpegTransport(registry).addTo(routes);
        buffersBefore = NettyMemory.buffersInUse();
        server = HttpServer.start(
                HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true, certificate::context);
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    /** At 30 pictures a second, 30 of them are a second. */
    @Test
    void viewerAtAQuarterOfTheRate_isNeverASecondBehind() throws Exception {
        try (RawClient good = watch();
                RawClient slow = watch()) {
            // First it reads well, so that the kernel takes the connection for a fast one and makes its buffers large.
            long pushed = 0;
            while (pushed < 100) {
                source.push();
                pushed = readPicture(good);
                readPicture(slow);
            }
            long furthestBehind = 0;
            while (pushed < 900) {
                for (int i = 0; i < 4; i++) {
                    source.push();
                    pushed = readPicture(good);
                }
                furthestBehind = Math.max(furthestBehind, pushed - readPicture(slow));
            }
            assertThat(furthestBehind).isBetween(4L, 29L);
        }
    }

    @Test
    void viewerWhoStopsReading_missesPicturesAndAddsNoMemory() throws Exception {
        try (RawClient good = watch();
                RawClient stopped = watch()) {
            for (int i = 0; i < 200; i++) {
                source.push();
                readPicture(good);
            }
            assertThat(stream.status().dropped().viewers()).isGreaterThan(20);
            // A shared picture, one encrypted and in flight, and what the two connections read into.
            assertThat(NettyMemory.buffersInUse() - buffersBefore).isLessThan(40);
            assertThat(stopped.read(1)).containsExactly(0x82);
        }
        Await.until("nobody watches", () -> stream.status().viewers() == 0);
        server.close();
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= buffersBefore);
    }

    @Test
    void viewersComeAndGoByBothTransports_eachSeesTheSamePicture_noBufferIsLeft() throws Exception {
        int size = source.deliveredBytes(1);
        for (int round = 0; round < 10; round++) {
            List<RawClient> viewers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                viewers.add(watch());
            }
            RawClient mjpeg = new RawClient(server.address(), trust).get("/live/cam/mjpeg");
            mjpeg.readHead();
            Await.until("six viewers", () -> stream.status().viewers() == 6);
            source.push();
            List<byte[]> seen = new ArrayList<>();
            for (RawClient viewer : viewers) {
                viewer.read(4);
                seen.add(viewer.read(size));
            }
            assertThat(seen).allSatisfy(each -> assertThat(each).isEqualTo(seen.get(0)));
            mjpeg.read(size);
            source.push();
            viewers.forEach(RawClient::close);
            mjpeg.close();
            Await.until("nobody watches", () -> stream.status().viewers() == 0);
        }
        server.close();
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= buffersBefore);
    }

    private RawClient watch() throws IOException {
        int before = stream.status().viewers();
        RawClient viewer = new RawClient(server.address(), trust);
        viewer.get(
                "/live/cam/ws",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(viewer.readHead()).startsWith("HTTP/1.1 101 ");
        Await.until("one viewer more", () -> stream.status().viewers() > before);
        return viewer;
    }

    private static long readPicture(RawClient viewer) throws IOException {
        byte[] header = viewer.read(4);
        int length = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
        String jpeg = new String(viewer.read(length), StandardCharsets.ISO_8859_1);
        return Long.parseLong(jpeg.substring(0, 100).replaceAll("(?s).*\"seq\":(\\d+).*", "$1"));
    }
}
