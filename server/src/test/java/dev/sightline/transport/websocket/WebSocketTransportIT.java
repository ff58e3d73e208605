package dev.sightline.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Metadata;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebSocketTransportIT {
    private final StreamRegistry registry = new StreamRegistry();
    private final PushSource source = new PushSource(320, 240);
    private LiveStream stream;
    private WebSocketTransport transport;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        stream = registry.start("cam", source, Pipeline.of(List.of()), false);
        server = serve();
    }

    private HttpServer serve() throws IOException {
        Routes routes = new Routes();
        transport = new WebSocketTransport(registry);
        transport.addTo(routes);
        return HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> origin.endsWith("friend"));
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    @Test
    void noSubprotocol_eachMessage_isOneBareJpegInOneUnmaskedFrame() throws Exception {
        try (RawClient viewer = watchRaw("/live/cam/ws")) {
            source.push();
            int size = source.deliveredBytes(1);
            assertThat(size).isBetween(126, 65_535);
            assertThat(viewer.read(4)).containsExactly(0x82, 126, (byte) (size >> 8), (byte) size);
            try (Mat picture = Pictures.decode(viewer.read(size))) {
                assertThat(picture.cols()).isEqualTo(320);
            }
            source.push();
            assertThat(viewer.read(1)).containsExactly(0x82);
        }
    }

    @Test
    void sightlineV1_everyPicture_hasItsIdentityAndMetadataBefore() {
        try (WebSocketViewer viewer = watch("cam")) {
            awaitViewers(1);
            source.push(new Metadata()
                    .add(new Detection("face", 0.75, new Box(0.25, 0.5, 0.125, 0.25)))
                    .put("clock", 7));
            WebSocketViewer.Shown shown = viewer.awaitPicture(0);
            JsonNode header = shown.header();
            assertThat(header.propertyNames())
                    .containsExactly(
                            "seq",
                            "captureTime",
                            "width",
                            "height",
                            "codec",
                            "keyframe",
                            "rtpTimestamp",
                            "times",
                            "metadata");
            assertThat(header.get("seq").asLong()).isEqualTo(1);
            assertThat(header.get("captureTime").asDouble())
                    .isBetween(System.currentTimeMillis() - 60_000.0, System.currentTimeMillis() + 60_000.0);
            assertThat(header.get("width").asInt()).isEqualTo(320);
            assertThat(header.get("codec").asString()).isEqualTo("mjpeg");
            assertThat(header.get("metadata"))
                    .isEqualTo(new JsonMapper()
                            .readTree("{\"detections\":[{\"label\":\"face\",\"score\":0.75,"
                                    + "\"box\":[0.25,0.5,0.125,0.25]}],\"clock\":7}"));
            assertThat(shown.jpeg()).hasSize(source.deliveredBytes(1));
        }
    }

    @Test
    void sightlineV1_stateChanges_areSaidInText() {
        try (WebSocketViewer viewer = watch("cam")) {
            Await.until("it is starting", () -> states(viewer).contains("STARTING"));
            source.push();
            Await.until("it is live", () -> states(viewer).contains("LIVE"));
            Await.until("it is stale", () -> states(viewer).contains("STALE"));
            JsonNode last = viewer.messages().get(viewer.messages().size() - 1);
            assertThat(last.propertyNames()).contains("type", "state", "since");
        }
    }

    @Test
    void width_choosesTheRendition() {
        try (WebSocketViewer viewer = watch("cam", "?width=200")) {
            awaitViewers(1);
            source.push();
            assertThat(viewer.awaitPicture(0).header().get("width").asInt()).isEqualTo(320);
            assertThat(stream.status().renditions())
                    .extracting(rendition -> rendition.rendition().describe())
                    .containsExactly("mjpeg 320 q80");
        }
    }

    @Test
    void processedFalse_onlyForThoseWhoMayCompare() throws Exception {
        assertThat(closeOf("/live/cam/ws?processed=false"))
                .isEqualTo("4403 unprocessed frames are only for those who may change the pipeline");
        assertThat(closeOf("/live/cam/ws?processed=no")).isEqualTo("1008 processed is true or false");
    }

    @Test
    void unknownStream_closes4404WithTheNearestName() throws Exception {
        assertThat(closeOf("/live/cat/ws")).isEqualTo("4404 there is no stream 'cat'; did you mean 'cam'?");
    }

    @Test
    void badQuality_closes1008AndSaysWhy() throws Exception {
        assertThat(closeOf("/live/cam/ws?quality=0"))
                .isEqualTo("1008 quality is a whole number from 1 to 100, not '0'");
    }

    @Test
    void oneRenditionTooMany_closes1013() throws Exception {
        List<RawClient> viewers = new ArrayList<>();
        try {
            for (int quality = 1; quality <= 3; quality++) {
                viewers.add(watchRaw("/live/cam/ws?quality=" + quality));
            }
            assertThat(closeOf("/live/cam/ws?quality=9"))
                    .startsWith("1013 stream 'cam' is encoded in 3 mjpeg renditions");
        } finally {
            viewers.forEach(RawClient::close);
        }
    }

    @Test
    void serverStops_closes1001() {
        try (WebSocketViewer viewer = watch("cam")) {
            awaitViewers(1);
            server.close();
            Await.until("the server said goodbye", () -> viewer.closeCode().isPresent());
            assertThat(viewer.closeCode()).contains(1001);
        }
    }

    @Test
    void streamEnds_closes1001() {
        try (WebSocketViewer viewer = watch("cam")) {
            awaitViewers(1);
            registry.close();
            Await.until("the server said goodbye", () -> viewer.closeCode().isPresent());
            assertThat(viewer.closeCode()).contains(1001);
        }
    }

    @Test
    void viewerSendsGarbage_isToldOrClosedAndTheOthersGoOn() throws Exception {
        try (WebSocketViewer good = watch("cam")) {
            CompletableFuture<String> told = new CompletableFuture<>();
            WebSocket talker = connect("/live/cam/ws", "sightline.v1", told);
            talker.sendText("nonsense", true).get(20, TimeUnit.SECONDS);
            assertThat(told.get(20, TimeUnit.SECONDS)).contains("\"type\":\"error\"");
            assertThat(transport.ignoredMessages()).isEqualTo(1);

            CompletableFuture<String> bareTold = new CompletableFuture<>();
            WebSocket bare = connect("/live/cam/ws", "", bareTold);
            bare.sendText("still there?", true).get(20, TimeUnit.SECONDS); // as programs do that keep a connection open
            bare.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xD8}), true);
            assertThat(bareTold.get(20, TimeUnit.SECONDS))
                    .contains("\"type\":\"error\"", "stream 'cam' takes no pictures from senders");
            bare.abort();

            CompletableFuture<String> closed = new CompletableFuture<>();
            WebSocket tooLong = connect("/live/cam/ws", "sightline.v1", closed);
            tooLong.sendText("x".repeat(5_000), true);
            assertThat(closed.get(20, TimeUnit.SECONDS)).startsWith("1009 stream 'cam' takes no pictures");

            source.push();
            assertThat(good.awaitPicture(0).seq()).isEqualTo(1);
            talker.abort();
        }
    }

    @Test
    void origin_stranger_403() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            String answer = client.get("/live/cam/ws", handshake("Origin: http://evil.example"))
                    .readAnswer();
            assertThat(answer).startsWith("HTTP/1.1 403 ").contains("allowed-origins");
        }
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.get("/live/cam/ws", handshake("Origin: http://friend"))
                            .readHead())
                    .startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void viewerWhoStopsReading_missesPicturesAndAddsNoMemory() throws Exception {
        server.close();
        long before = NettyMemory.buffersInUse();
        server = serve();
        try (RawClient stopped = watchRaw("/live/cam/ws");
                WebSocketViewer good = watch("cam")) {
            awaitViewers(2);
            for (int seq = 1; seq <= 200; seq++) {
                source.push();
                good.awaitPicture(seq - 1);
            }
            assertThat(stream.status().dropped().viewers()).isGreaterThan(20);
            // A shared picture, one more in flight, and what the two connections read into.
            assertThat(NettyMemory.buffersInUse() - before).isLessThan(40);
        }
        Await.until("nobody watches", () -> stream.status().viewers() == 0);
        server.close();
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= before);
    }

    @Test
    void viewerReadsAgainAfterAWhile_fewOldPicturesThenTheNewest() throws Exception {
        try (RawClient slow = watchRaw("/live/cam/ws");
                WebSocketViewer good = watch("cam")) {
            awaitViewers(2);
            // First it reads well, so that the kernel takes the connection for a fast one and makes its buffers large.
            for (int seq = 1; seq <= 100; seq++) {
                source.push();
                good.awaitPicture(seq - 1);
                readPicture(slow);
            }
            for (int seq = 101; seq <= 300; seq++) {
                source.push();
                good.awaitPicture(seq - 1);
            }
            List<Long> read = new ArrayList<>();
            do {
                read.add(readPicture(slow));
            } while (read.get(read.size() - 1) < 300);
            // 64 KiB in the client's buffer, which the kernel doubles, 16 KiB unsent, one in flight, and the newest.
            assertThat(read).hasSizeLessThan(10);
        }
    }

    private static long readPicture(RawClient viewer) throws IOException {
        byte[] header = viewer.read(4);
        int length = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
        String jpeg = new String(viewer.read(length), StandardCharsets.ISO_8859_1);
        return Long.parseLong(jpeg.substring(0, 100).replaceAll("(?s).*\"seq\":(\\d+).*", "$1"));
    }

    @Test
    void viewersComeAndGo_noBufferIsLeft() throws Exception {
        server.close();
        long before = NettyMemory.buffersInUse();
        server = serve();
        for (int round = 0; round < 20; round++) {
            List<RawClient> viewers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                viewers.add(watchRaw("/live/cam/ws"));
            }
            source.push();
            for (RawClient viewer : viewers) {
                viewer.read(1_000);
            }
            source.push();
            viewers.forEach(RawClient::close);
            Await.until("nobody watches", () -> stream.status().viewers() == 0);
        }
        server.close();
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= before);
    }

    private WebSocketViewer watch(String name) {
        return watch(name, "");
    }

    private WebSocketViewer watch(String name, String query) {
        return WebSocketViewer.watch(address("http", ""), name, query);
    }

    private RawClient watchRaw(String path) throws IOException {
        int before = stream.status().viewers();
        RawClient viewer = new RawClient(server.address());
        assertThat(viewer.get(path, handshake()).readHead()).startsWith("HTTP/1.1 101 ");
        awaitViewers(before + 1);
        return viewer;
    }

    private void awaitViewers(int count) {
        Await.until(count + " viewers", () -> stream.status().viewers() >= count);
    }

    private static String[] handshake(String... more) {
        List<String> fields = new ArrayList<>(List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private String closeOf(String path) throws Exception {
        CompletableFuture<String> closed = new CompletableFuture<>();
        connect(path, "", closed);
        return closed.get(20, TimeUnit.SECONDS);
    }

    /** Completes with the first error text, or with the close code and reason. */
    private WebSocket connect(String path, String subprotocol, CompletableFuture<String> said) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                if (text.toString().contains("error")) {
                    said.complete(text.toString());
                }
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                said.complete(code + " " + reason);
                return null;
            }
        };
        return builder.buildAsync(address("ws", path), listener).get(20, TimeUnit.SECONDS);
    }

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + path);
    }

    private static List<String> states(WebSocketViewer viewer) {
        return viewer.messages().stream()
                .filter(message -> message.path("type").asString().equals("state"))
                .map(message -> message.get("state").asString())
                .toList();
    }
}
