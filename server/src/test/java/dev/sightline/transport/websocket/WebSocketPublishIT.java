package dev.sightline.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.frame.Frame;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.WebSocketSender;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebSocketPublishIT {
    private static final int MAX_SENDERS = 3;

    private final StreamRegistry registry = new StreamRegistry();
    private LiveStream published;
    private Mirror mirror;
    private WebSocketTransport transport;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        PipelineRecipe recipe = PipelineRecipe.of(List.of(counting()))
                .withChoices(List.of(step("second", "two"), step("third", "three")));
        registry.start("cam", new PushSource(64, 48), Pipeline.of(List.of()), false);
        published = registry.startPublished("me", recipe);
        mirror = registry.startMirror("each", recipe, MAX_SENDERS);
        Routes routes = new Routes();
        transport = new WebSocketTransport(registry);
        transport.addTo(routes);
        transport.addTo(routes, "/", "each");
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    @Test
    void mirror_bareJpegIn_bareResultToTheSenderAlone() throws Exception {
        try (WebSocketSender sender = bare("/live/each/ws");
                WebSocketSender silent = bare("/live/each/ws")) {
            for (int gray = 20; gray <= 220; gray += 40) {
                sender.send(Pictures.plain(64, 48, gray));
                assertShows(sender.answer(), gray);
            }
            assertThat(silent.waiting()).isZero();
            assertThat(mirror.status().viewers()).isEqualTo(1);
            assertThat(mirror.status().frames()).isEqualTo(6);
        }
        Await.until("the session has ended", () -> mirror.status().viewers() == 0);
        assertThat(mirror.status().frames()).isEqualTo(6);
    }

    @Test
    void mirror_ownPathWithoutSubprotocol_answersToo() throws Exception {
        try (WebSocketSender sender = bare("/")) {
            assertShows(sender.send(Pictures.plain(64, 48, 90)).answer(), 90);
        }
    }

    @Test
    void mirror_twoSendersAtOnce_areNeverMixedAndHaveStateOfTheirOwn() throws Exception {
        try (WebSocketSender dark = v1("/live/each/ws");
                WebSocketSender bright = v1("/live/each/ws")) {
            for (int seq = 1; seq <= 100; seq++) {
                dark.send(header(seq), Pictures.plain(64, 48, 40));
                bright.send(header(1000 + seq), Pictures.plain(64, 48, 200));
                assertAnswer(dark.answer(), seq, 40, seq);
                assertAnswer(bright.answer(), 1000 + seq, 200, seq);
            }
        }
    }

    @Test
    void mirror_gray_isDecodedAndSentGray() throws Exception {
        Node grayscale = new Node.Scalar("grayscale", new Place("test", 1, 1));
        registry.startMirror(
                "gray", PipelineRecipe.of(ProcessorCatalog.builtIn().resolve(grayscale, new Problems())), 2);
        try (WebSocketSender sender = bare("/live/gray/ws")) {
            byte[] answer = sender.send(Pictures.plain(640, 480, 70)).answer();
            assertShows(answer, 70);
            assertThat(answer[at(answer, 0xC0) + 9]).as("components").isEqualTo((byte) 1);
        }
    }

    @Test
    void mirror_textPictures_areTakenAndAnEmptyCanvasIsIgnored() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(Pictures.plain(64, 48, 130));
        try (WebSocketSender sender = bare("/live/each/ws")) {
            sender.send("data:,");
            assertShows(sender.send(base64).answer(), 130);
            assertShows(sender.send("data:image/jpeg;base64," + base64).answer(), 130);
            assertThat(mirror.status().frames()).isEqualTo(2);
            assertThat(figure("refused_pictures")).isZero();
        }
    }

    @Test
    void mirror_moreSendersThanMay_closes1013UnlessOneIsSilent() throws Exception {
        List<WebSocketSender> senders = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_SENDERS; i++) {
                WebSocketSender sender = bare("/live/each/ws");
                senders.add(sender);
                sender.send(Pictures.plain(64, 48, 50)).answer();
            }
            try (WebSocketSender oneTooMany = bare("/live/each/ws")) {
                oneTooMany.send(Pictures.plain(64, 48, 50));
                assertThat(oneTooMany.awaitClosed()).startsWith("1013 ").contains("answers 3 senders already");
            }
            senders.remove(0).close();
            Await.until("there is room", () -> mirror.status().viewers() < MAX_SENDERS);
            try (WebSocketSender another = bare("/live/each/ws")) {
                assertShows(another.send(Pictures.plain(64, 48, 50)).answer(), 50);
            }
        } finally {
            senders.forEach(WebSocketSender::close);
        }
    }

    @Test
    void publish_resultGoesToEverybodyWithWhatItsSenderCallsIt() throws Exception {
        try (WebSocketViewer viewer = watch("me");
                WebSocketSender sender = v1("/live/me/ws")) {
            assertThat(viewer.awaitSlate().header().get("metadata").get("state").asString())
                    .isEqualTo("OFFLINE");
            sender.send("{\"seq\": 7, \"captureTime\": 1763735888123.25}", Pictures.plain(64, 48, 60));
            WebSocketViewer.Shown shown = viewer.awaitPicture(0);

            assertThat(shown.header().get("from").get("seq").asLong()).isEqualTo(7);
            assertThat(shown.header().get("from").get("captureTime").asDouble()).isEqualTo(1763735888123.25);
            assertThat(shown.header().get("metadata").propertyNames()).containsExactly("count");
            assertShows(shown.jpeg(), 60);
            Await.until("the sender sees it", () -> sender.waiting() > 0);
            assertThat(published.status().state()).isEqualTo(StreamState.LIVE);
        }
    }

    @Test
    void publish_senderKilled_isOfflineAtOnceAndTheNextOneIsTaken() throws Exception {
        try (WebSocketViewer viewer = watch("me")) {
            RawClient killed = new RawClient(server.address());
            upgrade(killed, "/live/me/ws");
            killed.send(frame(0x82, Pictures.plain(64, 48, 60)));
            viewer.awaitPicture(0);
            killed.close();
            Await.until("offline", () -> published.status().state() == StreamState.OFFLINE);
            // Not by the silence after which anybody is given up.
            assertThat(published.status().reason().orElseThrow()).contains("the sender has left");
            WebSocketViewer.Shown slate = viewer.awaitSlate();

            try (WebSocketSender next = bare("/live/me/ws")) {
                next.send(Pictures.plain(64, 48, 61));
                assertShows(viewer.awaitPicture(slate.seq()).jpeg(), 61);
            }
        }
    }

    @Test
    void publish_second_closes4409AndTheFirstGoesOn() throws Exception {
        try (WebSocketSender first = v1("/live/me/ws");
                WebSocketSender second = v1("/live/me/ws")) {
            first.send(header(1), Pictures.plain(64, 48, 60));
            Await.until("live", () -> published.status().state() == StreamState.LIVE);
            second.send(header(1), Pictures.plain(64, 48, 60));
            assertThat(second.awaitClosed()).startsWith("4409 stream 'me' is taken");
            first.send(header(2), Pictures.plain(64, 48, 60));
            Await.until("two shown", () -> published.status().frames() == 2);
            assertThat(figure("refused_senders")).isEqualTo(1);
        }
    }

    @Test
    void process_choosesAmongWhatIsOffered_else4403() throws Exception {
        try (WebSocketSender sender = v1("/live/each/ws?process=third,second")) {
            JsonNode header =
                    head(sender.send(header(1), Pictures.plain(64, 48, 60)).answer());
            assertThat(header.get("metadata").propertyNames()).containsExactly("count", "three", "two");
        }
        assertThat(closeOf("/live/each/ws?process=faces"))
                .isEqualTo("4403 processor 'faces' cannot be chosen here; choose from second, third");
        assertThat(closeOf("/live/me/ws?process=second,second"))
                .startsWith("4403 ")
                .contains("twice");
        assertThat(closeOf("/live/cam/ws?process=second")).startsWith("4403 ").contains("takes no pictures");
    }

    @Test
    void rubbish_isToldCountedAndTakesNobodysPlace() throws Exception {
        byte[] jpeg = Pictures.plain(64, 48, 60);
        try (WebSocketSender sender = v1("/live/me/ws");
                WebSocketSender bareSender = bare("/live/each/ws")) {
            List<byte[]> rubbish = List.of(
                    new byte[0],
                    new byte[] {0, 0, 0, 1},
                    new byte[] {127, -1, -1, -1, 0},
                    message("[1]", jpeg),
                    message("{\"seq\": 1.5, \"captureTime\": 1}", jpeg),
                    message("{\"seq\": 1, \"captureTime\": 1e999}", jpeg),
                    message("[".repeat(4000), jpeg),
                    message("{}", "no picture".getBytes(StandardCharsets.UTF_8)),
                    message("{}", Arrays.copyOf(jpeg, jpeg.length / 2)),
                    message("{}", huge()));
            for (byte[] each : rubbish) {
                int told = errors(sender);
                sender.send(each);
                Await.until("it is told", () -> errors(sender) == told + 1);
            }
            assertThat(sender.texts().get(sender.texts().size() - 1)).contains("30000x30000", "33 megapixels");
            bareSender.send("not base64!").send(new byte[100]).send("data:image/png,abc");
            Await.until("all are counted", () -> figure("refused_pictures") == rubbish.size() + 3);
            assertThat(published.status().state()).isEqualTo(StreamState.OFFLINE);
            assertThat(mirror.status().viewers()).isZero();

            sender.send("{}", jpeg);
            Await.until("live", () -> published.status().state() == StreamState.LIVE);
            assertShows(bareSender.send(jpeg).answer(), 60);
            // Bare senders are told too, and hear nothing else in text.
            assertThat(bareSender.texts()).hasSize(3).allMatch(text -> text.contains("\"error\""));
        }
    }

    @Test
    void tooLongMessages_close1009BeforeMemoryIsTaken() throws Exception {
        try (RawClient giant = new RawClient(server.address())) {
            upgrade(giant, "/live/each/ws");
            ByteBuffer head = ByteBuffer.allocate(14).put((byte) 0x82).put((byte) (0x80 | 127));
            giant.send(head.putLong(1L << 30).putInt(0).array());
            assertThat(closeCode(giant)).isEqualTo(1009);
        }
        try (RawClient viewer = new RawClient(server.address())) {
            upgrade(viewer, "/live/cam/ws");
            viewer.send(frame(0x82, new byte[5000]));
            assertThat(closeCode(viewer)).isEqualTo(1009);
        }
        try (RawClient fragments = new RawClient(server.address())) {
            upgrade(fragments, "/live/each/ws");
            byte[] many = new byte[6 * 10_000];
            for (int i = 0; i < many.length; i += 6) {
                many[i + 1] = (byte) 0x80;
            }
            fragments.send(frame(0x02, new byte[0]));
            for (int i = 0; i <= 10; i++) {
                fragments.send(many);
            }
            assertThat(closeCode(fragments)).isEqualTo(1009);
        }
    }

    @Test
    void senderThatReadsNothing_addsNoMemoryAndHarmsNobody() throws Exception {
        byte[] big = Pictures.noise(640, 480);
        long before = NettyMemory.buffersInUse();
        try (RawClient deaf = new RawClient(server.address());
                WebSocketSender good = bare("/live/each/ws")) {
            upgrade(deaf, "/live/each/ws");
            for (int i = 0; i < 100; i++) {
                deaf.send(frame(0x82, big));
                good.send(Pictures.plain(64, 48, 90));
                assertShows(good.answer(), 90);
            }
            Await.until("pictures are dropped", () -> {
                var dropped = mirror.status().dropped();
                return dropped.viewers() + dropped.pipeline() > 50;
            });
            assertThat(NettyMemory.buffersInUse() - before).isLessThan(40);
        }
    }

    @Test
    void sendersComeAndGo_noSessionAndNoThreadIsLeft() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (WebSocketSender sender = bare("/live/each/ws")) {
                sender.send(Pictures.plain(64, 48, 90)).answer();
            }
            Await.until("the session has ended", () -> mirror.status().viewers() == 0);
        }
        Await.until(
                "no thread is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("each-")));
        assertThat(mirror.status().frames()).isEqualTo(20);
    }

    private void assertAnswer(byte[] answer, long seq, int gray, int count) {
        JsonNode header = head(answer);
        assertThat(header.get("from").get("seq").asLong()).isEqualTo(seq);
        assertThat(header.get("metadata").get("count").asInt()).isEqualTo(count);
        assertShows(picture(answer), gray);
    }

    private static void assertShows(byte[] jpeg, int gray) {
        try (Mat decoded = Pictures.decode(jpeg)) {
            assertThat(Pictures.brightness(decoded)).isCloseTo(gray, within(4.0));
        }
    }

    private static JsonNode head(byte[] message) {
        int length = ByteBuffer.wrap(message).getInt();
        return new JsonMapper().readTree(Arrays.copyOfRange(message, 4, 4 + length));
    }

    private static byte[] picture(byte[] message) {
        return Arrays.copyOfRange(message, 4 + ByteBuffer.wrap(message).getInt(), message.length);
    }

    private static String header(long seq) {
        return "{\"seq\": " + seq + ", \"captureTime\": 1000.5}";
    }

    private static byte[] message(String header, byte[] picture) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + json.length + picture.length)
                .putInt(json.length)
                .put(json)
                .put(picture)
                .array();
    }

    /** 30,000x30,000 pixels, as the header says, in 2 KB. */
    private static byte[] huge() {
        byte[] jpeg = Arrays.copyOf(Pictures.plain(64, 48, 0), 2_000);
        int header = at(jpeg, 0xC0);
        ByteBuffer.wrap(jpeg).putShort(header + 5, (short) 30_000).putShort(header + 7, (short) 30_000);
        return jpeg;
    }

    private static int at(byte[] jpeg, int marker) {
        int at = 2;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) marker) {
            at++;
        }
        return at;
    }

    private static int errors(WebSocketSender sender) {
        return (int) sender.texts().stream()
                .filter(text -> text.contains("\"error\""))
                .count();
    }

    private static void upgrade(RawClient client, String path) throws IOException {
        client.get(
                path,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }

    /** A client's frame, masked with zeros. */
    private static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static int closeCode(RawClient client) throws IOException {
        byte[] head = client.read(4);
        assertThat(head[0]).isEqualTo((byte) 0x88);
        return (head[2] & 0xFF) << 8 | head[3] & 0xFF;
    }

    private double figure(String name) {
        Metrics metrics = new Metrics();
        metrics.add(transport::figures);
        String page = new String(metrics.read("").text(), StandardCharsets.UTF_8);
        Matcher value = Pattern.compile("\nsightline_websocket_" + name + "_total (\\S+)")
                .matcher(page);
        assertThat(value.find()).as(page).isTrue();
        return Double.parseDouble(value.group(1));
    }

    private WebSocketSender bare(String path) {
        return WebSocketSender.bare(server.address(), path);
    }

    private WebSocketSender v1(String path) {
        return WebSocketSender.v1(server.address(), path);
    }

    private String closeOf(String path) {
        try (WebSocketSender sender = bare(path)) {
            return sender.awaitClosed();
        }
    }

    private WebSocketViewer watch(String name) {
        return WebSocketViewer.watch(
                URI.create("http://127.0.0.1:" + server.address().getPort()), name);
    }

    private static NamedProcessor counting() {
        return new NamedProcessor("counting", () -> new FrameProcessor() {
            private final AtomicLong count = new AtomicLong();

            @Override
            public void process(Frame frame) {
                frame.metadata().put("count", count.incrementAndGet());
            }
        });
    }

    private static NamedProcessor step(String name, String key) {
        return new NamedProcessor(name, () -> frame -> frame.metadata().put(key, true));
    }
}
