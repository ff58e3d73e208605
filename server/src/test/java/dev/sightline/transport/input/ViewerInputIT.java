package dev.sightline.transport.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.frame.Frame;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.ViewerInput;
import dev.sightline.socketio.PayloadKind;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.WebSocketSender;
import dev.sightline.testkit.WebSocketViewer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A click on a picture, by every transport: the processor tells in the metadata which number the click named, and which one was
 * painted in the picture that came with it.
 */
class ViewerInputIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FRIEND = "https://friend.example";

    private final HttpClient http = HttpClient.newHttpClient();
    private SightlineServer server;
    private URI address;

    @BeforeEach
    void start() {
        server = Sightline.server().port(0).allowedOrigins(FRIEND).stream(
                        "cam",
                        stream -> stream.source("pattern:320x240@30")
                                .process("clicked", Clicked::new)
                                .process("grayscale")
                                .socketIo(events -> events.withOut(
                                        PictureEvent.named("frame").withPayload(PayloadKind.OBJECT))))
                .stream("plain", stream -> stream.source("pattern:160x120@30"))
                .stream(
                        "me",
                        stream -> stream.source("mirror:")
                                .process("mine", Clicked::new)
                                .socketIo(events -> events.withIn("picture")
                                        .withReply(PictureEvent.named("result").withPayload(PayloadKind.OBJECT))))
                .start();
        address = URI.create("http://127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void webSocket_click_comesWithThePictureItWasMadeOn() {
        try (WebSocketViewer viewer = WebSocketViewer.watch(address, "cam")) {
            WebSocketViewer.Shown shown = viewer.awaitPicture(0);
            viewer.awaitPicture(shown.seq() + 5);
            viewer.send("{\"type\":\"input\",\"name\":\"click\",\"seq\":" + shown.seq() + ",\"x\":0.25,\"y\":0.5}");

            JsonNode clicked = awaitClicked(viewer);
            assertThat(clicked.get("seq").asLong()).isEqualTo(shown.seq());
            assertThat(clicked.get("painted").asLong()).isEqualTo(shown.seq());
            assertThat(clicked.get("x").asDouble()).isEqualTo(0.25);
            assertThat(errors(viewer)).isZero();
        }
    }

    @Test
    void webSocket_wrongInput_isAnsweredWithAnErrorAndTheConnectionStays() {
        try (WebSocketViewer viewer = WebSocketViewer.watch(address, "cam")) {
            viewer.send("{\"type\":\"input\",\"name\":\"clik\"}");
            assertThat(awaitError(viewer, 1))
                    .isEqualTo("422 no processor of stream 'cam' takes the input 'clik'; they take click");
            viewer.send("click here");
            assertThat(awaitError(viewer, 2)).isEqualTo("400 an input cannot be read: it is no JSON");
            viewer.send("{\"type\":\"input\",\"name\":\"click\"}");
            assertThat(awaitClicked(viewer).has("painted")).isFalse();
        }
    }

    @Test
    void webSocket_streamWithoutTakers_saysSo() {
        try (WebSocketViewer viewer = WebSocketViewer.watch(address, "plain")) {
            viewer.send("{\"type\":\"input\",\"name\":\"click\"}");
            assertThat(awaitError(viewer, 1)).isEqualTo("422 no processor of stream 'plain' takes input");
        }
    }

    @Test
    void webSocket_floodOfInputs_isRefusedBeyondTheRate() {
        try (WebSocketViewer viewer = WebSocketViewer.watch(address, "cam")) {
            for (int i = 0; i < 400; i++) {
                viewer.send("{\"type\":\"input\",\"name\":\"click\"}");
            }
            assertThat(awaitError(viewer, 1))
                    .isEqualTo("429 more than 50 inputs per second; send the rest later, or fewer");
            viewer.awaitPicture(viewer.awaitPicture(0).seq());
        }
    }

    @Test
    void webSocket_mirrorsSender_clicksOnItsOwnResult() throws Exception {
        try (WebSocketSender sender =
                WebSocketSender.v1(new InetSocketAddress("127.0.0.1", server.port()), "/live/me/ws")) {
            sender.send("{\"type\":\"input\",\"name\":\"click\"}");
            Await.until("refused", () -> sender.texts().stream().anyMatch(text -> text.contains("422")));
            assertThat(sender.texts().get(0)).contains("takes input once you have sent it a picture");

            long seq = header(sender.send("{}", jpeg(40)).answer()).get("seq").asLong();
            sender.send("{\"type\":\"input\",\"name\":\"click\",\"seq\":" + seq + ",\"x\":0.5}");
            JsonNode clicked = header(sender.send("{}", jpeg(200)).answer()).at("/metadata/clicked");
            assertThat(clicked.get("seq").asLong()).isEqualTo(seq);
            assertThat(clicked.get("brightness").asInt()).isBetween(38, 42);
        }
    }

    @Test
    void http_click_comesWithThePictureItWasMadeOn() throws Exception {
        try (WebSocketViewer viewer = WebSocketViewer.watch(address, "cam")) {
            WebSocketViewer.Shown shown = viewer.awaitPicture(0);
            viewer.awaitPicture(shown.seq() + 5);
            HttpResponse<String> answer =
                    post("cam", "{\"name\":\"click\",\"seq\":" + shown.seq() + ",\"x\":0.25,\"y\":0.5}");

            assertThat(answer.statusCode()).isEqualTo(202);
            JsonNode clicked = awaitClicked(viewer);
            assertThat(clicked.get("seq").asLong()).isEqualTo(shown.seq());
            assertThat(clicked.get("painted").asLong()).isEqualTo(shown.seq());
        }
    }

    @Test
    void http_wrongInput_isAProblem() throws Exception {
        assertThat(problem(post("cam", "{\"name\":\"clik\"}")))
                .isEqualTo("422 no processor of stream 'cam' takes the input 'clik'; they take click");
        assertThat(problem(post("plain", "{\"name\":\"click\"}")))
                .isEqualTo("422 no processor of stream 'plain' takes input");
        assertThat(problem(post("can", "{\"name\":\"click\"}")))
                .isEqualTo("404 there is no stream 'can'; did you mean 'cam'?");
        assertThat(problem(post("me", "{\"name\":\"click\"}")))
                .isEqualTo("403 'me' answers each sender alone: send input by the WebSocket or Socket.IO that sends the"
                        + " pictures");
        assertThat(problem(post("cam", "{\"name\":\"click\",\"x\":2}")))
                .isEqualTo("400 an input cannot be read: x is a fraction of the picture, from 0 to 1");
        assertThat(post("cam", "{\"name\":\"" + "k".repeat(1_100) + "\"}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void http_pagesOfOtherOrigins_mayNotUnlessAllowed() throws Exception {
        String click = "{\"name\":\"click\"}";
        assertThat(post("cam", click, "Origin", address.toString()).statusCode())
                .isEqualTo(202);
        assertThat(post("cam", click, "Origin", "https://stranger.example").statusCode())
                .isEqualTo(403);
        HttpResponse<String> friend = post("cam", click, "Origin", FRIEND);
        assertThat(friend.statusCode()).isEqualTo(202);
        assertThat(friend.headers().firstValue("Access-Control-Allow-Origin")).contains(FRIEND);
    }

    @Test
    void api_namesWhatAStreamTakes() throws Exception {
        assertThat(JSON.readTree(get("/api/streams/cam")).get("inputs").toString())
                .isEqualTo("[\"click\"]");
        assertThat(JSON.readTree(get("/api/streams/plain")).get("inputs").toString())
                .isEqualTo("[]");
    }

    @Test
    void socketIo_click_comesWithThePictureItWasMadeOnAndIsAcknowledged() {
        try (NodeClient client = NodeClient.start(address, """
                const socket = io(url, { auth: { stream: 'cam' } });
                const ask = (input) => new Promise((resolve) => socket.emit('input', input, resolve));
                const [{ seq }] = await once(socket, 'frame');
                while ((await once(socket, 'frame'))[0].seq < seq + 5);
                say('accepted', JSON.stringify(await ask({ name: 'click', seq, x: 0.25, y: 0.5 })));
                let clicked;
                while (!clicked) [{ metadata: { clicked } }] = await once(socket, 'frame');
                say('clicked', clicked.seq === seq, clicked.painted === seq, clicked.x);
                say('wrong', JSON.stringify(await ask({ name: 'clik' })));
                socket.emit('input', { name: 'click', x: 2 });
                say('told', JSON.stringify(await once(socket, 'refused')));
                const other = io(url, { auth: { stream: 'plain' }, forceNew: true });
                other.emit('input', { name: 'click' }, (answer) => { say('plain', JSON.stringify(answer)); });
                """)) {
            assertThat(client.await("accepted")).isEqualTo("accepted {\"status\":202}");
            assertThat(client.await("clicked")).isEqualTo("clicked true true 0.25");
            assertThat(client.await("wrong")).contains("\"status\":422", "they take click", "\"event\":\"input\"");
            assertThat(client.await("told")).contains("\"status\":400", "from 0 to 1");
            assertThat(client.await("plain")).contains("\"status\":422", "no processor of stream 'plain' takes input");
        }
    }

    @Test
    void socketIo_mirrorsSender_clicksOnItsOwnResult() {
        try (NodeClient client =
                NodeClient.start(address, """
                const socket = io(url, { auth: { stream: 'me' } });
                const picture = Buffer.from('%s', 'base64');
                socket.emit('picture', picture);
                const [{ seq }] = await once(socket, 'result');
                socket.emit('input', { name: 'click', seq }, (answer) => {
                    say('accepted', answer.status);
                    socket.emit('picture', picture);
                });
                const [{ metadata: { clicked } }] = await once(socket, 'result');
                say('clicked', clicked.seq === seq, clicked.brightness);
                """.formatted(Base64.getEncoder().encodeToString(jpeg(40))))) {
            assertThat(client.await("accepted")).isEqualTo("accepted 202");
            assertThat(client.await("clicked")).isEqualTo("clicked true 40");
        }
    }

    private HttpResponse<String> post(String stream, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/live/" + stream + "/input"))
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        return answer.statusCode() + " "
                + JSON.readTree(answer.body()).get("detail").asString();
    }

    private static JsonNode awaitClicked(WebSocketViewer viewer) {
        Await.until("the click", () -> clicked(viewer).isPresent());
        return clicked(viewer).orElseThrow();
    }

    private static Optional<JsonNode> clicked(WebSocketViewer viewer) {
        return viewer.latest()
                .map(shown -> shown.header().at("/metadata/clicked"))
                .filter(JsonNode::isObject);
    }

    private static long errors(WebSocketViewer viewer) {
        return viewer.messages().stream().filter(ViewerInputIT::isError).count();
    }

    private static boolean isError(JsonNode message) {
        return message.get("type").asString().equals("error");
    }

    private static String awaitError(WebSocketViewer viewer, int count) {
        Await.until("error " + count, () -> errors(viewer) >= count);
        JsonNode error = viewer.messages().stream()
                .filter(ViewerInputIT::isError)
                .skip(count - 1L)
                .findFirst()
                .orElseThrow();
        return error.get("status").asInt() + " " + error.get("detail").asString();
    }

    private static JsonNode header(byte[] message) {
        int length = ByteBuffer.wrap(message).getInt();
        return JSON.readTree(Arrays.copyOfRange(message, 4, 4 + length));
    }

    private static byte[] jpeg(int brightness) {
        try (Mat picture = new Mat(120, 160, opencv_core.CV_8UC3, Scalar.all(brightness))) {
            return Pictures.jpeg(picture, 90);
        }
    }

    /** Tells in the metadata of the following frames what it was given last. */
    private static final class Clicked implements InteractiveProcessor {
        private Optional<Map<String, Object>> last = Optional.empty();

        @Override
        public Set<String> inputs() {
            return Set.of("click");
        }

        @Override
        public void input(ViewerInput input, Optional<Frame> shown) {
            Map<String, Object> told = new LinkedHashMap<>(input.values());
            told.put("seq", input.seq());
            shown.ifPresent(frame -> {
                told.put("brightness", Math.round(Pictures.brightness(frame.mat())));
                PatternNumber.read(frame.mat()).ifPresent(painted -> told.put("painted", painted));
            });
            last = Optional.of(told);
        }

        @Override
        public void process(Frame frame) {
            last.ifPresent(told -> frame.metadata().put("clicked", told));
        }
    }
}
