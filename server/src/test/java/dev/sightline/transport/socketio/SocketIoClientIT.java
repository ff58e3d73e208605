package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.socketio.ConnectRefusedException;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.PayloadKind;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.socketio.SocketIo;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.NodeClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official client against a whole server: on WebSocket alone, on long-polling alone, and with the upgrade. */
class SocketIoClientIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String WEBSOCKET = "['websocket']";
    private static final String POLLING = "['polling']";
    private static final String UPGRADE = "['polling', 'websocket']";

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private SightlineServer server;

    @BeforeEach
    void start() {
        server = serve(0);
    }

    private SightlineServer serve(int port) {
        return Sightline.server().port(port).stream("demo", s -> s.source("pattern:320x240@30")).stream(
                        "url",
                        s -> s.source("pattern:160x120@15")
                                .socketIo(events -> events.withOut(PictureEvent.named("picture")
                                        .withDataUrl("image/jpg")
                                        .withQuality(95))))
                .stream(
                        "object",
                        s -> s.source("pattern:160x120@15")
                                .process("motion")
                                .socketIo(events -> events.withOut(
                                        PictureEvent.named("result").withPayload(PayloadKind.OBJECT))))
                .stream(
                        "own",
                        s -> s.source("pattern:160x120@15")
                                .socketIo(
                                        "stream",
                                        frame -> Map.of(
                                                "data",
                                                frame.seq(),
                                                "image",
                                                FramePayload.dataUrl(frame, "image/jpeg"))))
                .socketIo(this::describe)
                .start();
    }

    private void describe(SocketIo io) {
        io.of("/")
                .on(
                        "echo",
                        (client, arguments, ack) ->
                                client.emit("echo", arguments.list().toArray()))
                .on(
                        "ask",
                        (client, arguments, ack) ->
                                ack.send(arguments.size(), arguments.list().toArray()));
        io.of("/room")
                .onConnect(client -> {
                    if (!client.handshake().auth("key").equals(java.util.Optional.of("right"))) {
                        throw new ConnectRefusedException("the key is wrong", Map.of("status", 401));
                    }
                    told.add("connected");
                })
                .onDisconnect((client, reason) -> told.add("left: " + reason))
                .on(
                        "shout",
                        (client, arguments, ack) ->
                                io.of("/room").emit("heard", arguments.list().toArray()))
                .on(
                        "question me",
                        (client, arguments, ack) -> client.request(
                                        Duration.ofSeconds(20), "question", new byte[] {1, 2})
                                .thenAccept(answer ->
                                        told.add("answer: " + answer.text(0).orElse("") + " "
                                                + answer.bytes(1).map(List::of).isPresent())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Tag("smoke")
    void nothingConfigured_everyClientGetsTheFramesAsJpegs() {
        try (NodeClient client = client(UPGRADE, """
                let count = 0;
                socket.on('frame', (...args) => {
                    const [jpeg] = args;
                    if (++count === 20) {
                        say('frames', args.length, Buffer.isBuffer(jpeg), jpeg[0], jpeg[1], jpeg.subarray(6, 15), socket.io.engine.transport.name);
                    }
                });
                """)) {
            assertThat(client.await("frames")).isEqualTo("frames 1 true 255 216 sightline websocket");
            assertThat(get("/metrics")).contains("sightline_socketio_clients 1.0");
        }
        Await.until("the client has left", () -> get("/metrics").contains("sightline_socketio_clients 0.0"));
        Await.until("nobody watches", () -> server.streams().get(0).viewers() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING, UPGRADE})
    void binary_comesBackByteForByte_alsoNested(String transports) {
        try (NodeClient client = client(transports, """
                const bytes = Buffer.from(Array.from({ length: 70000 }, (_, i) => (i * 31) % 256));
                const sent = ['text', bytes, { deep: [{ er: bytes.subarray(0, 5) }, null, 1.5, true, 'äöü€😀'] }, Buffer.alloc(0)];
                await once(socket, 'connect');
                for (let i = 0; i < 10; i++) {
                    socket.emit('echo', i, ...sent);
                    const back = await once(socket, 'echo');
                    assert.deepEqual(back, [i, ...sent]);
                    const acked = await socket.emitWithAck('ask', bytes, i);
                    void acked;
                }
                const answer = await new Promise((resolve) => socket.emit('ask', bytes, 'x', (...args) => resolve(args)));
                assert.deepEqual(answer, [2, [bytes, 'x']]);
                say('equal', socket.io.engine.transport.name);
                """)) {
            assertThat(client.await("equal"))
                    .isEqualTo(transports.equals(POLLING) ? "equal polling" : "equal websocket");
        }
    }

    /** What the program was told next. */
    private String heard() throws InterruptedException {
        return String.valueOf(told.poll(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING, UPGRADE})
    void namespace_refusesGreetsAsksAndShoutsToAll(String transports) throws Exception {
        try (NodeClient first = room(transports);
                NodeClient second = room(transports)) {
            assertThat(first.await("refused")).isEqualTo("refused the key is wrong 401");
            first.await("in");
            second.await("in");
            first.await("heard 2");
            second.await("heard 2");
            // Each is asked as soon as it is in, when the other one may not be.
            assertThat(List.of(heard(), heard(), heard(), heard()))
                    .containsExactlyInAnyOrder("connected", "answer: yes true", "connected", "answer: yes true");
            assertThat(heard()).isEqualTo("left: client namespace disconnect");
        }
    }

    private NodeClient room(String transports) {
        return client(transports, """
                socket.disconnect();
                const room = io(url + '/room', { transports: TRANSPORTS, auth: { key: 'wrong' }, forceNew: true });
                const [error] = await once(room, 'connect_error');
                say('refused', error.message, error.data.status);
                room.auth = { key: 'right' };
                let heard = 0;
                room.on('heard', (bytes) => { if (bytes[1] === 8) say('heard', ++heard); });
                room.on('question', (bytes, answer) => answer('yes', bytes));
                room.connect();
                await once(room, 'connect');
                say('in');
                const shouting = setInterval(() => { if (heard < 2) room.emit('shout', Buffer.from([7, 8])); }, 300);
                while (heard < 2) await new Promise((resolve) => setTimeout(resolve, 50));
                clearInterval(shouting);
                room.emit('question me');
                await new Promise((resolve) => setTimeout(resolve, 1500));
                room.disconnect();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING, UPGRADE})
    void auth_choosesTheStream_andItsEventsAreAsConfigured(String transports) {
        try (NodeClient client = client(transports, """
                socket.disconnect();
                const take = async (options, event) => {
                    const other = io(url, { transports: TRANSPORTS, forceNew: true, ...options });
                    const [value] = await once(other, event);
                    other.disconnect();
                    return value;
                };
                const picture = await take({ query: { stream: 'url' } }, 'picture');
                say('url', picture.slice(0, 23), Buffer.from(picture.slice(22), 'base64')[1]);
                const result = await take({ auth: { stream: 'object' }, query: { stream: 'url' } }, 'result');
                say('object', Object.keys(result), Buffer.isBuffer(result.image), result.seq > 0);
                const own = await take({ auth: { stream: 'own' } }, 'stream');
                say('own', Object.keys(own).sort(), typeof own.data, own.image.slice(0, 23));
                const error = await take({ auth: { stream: 'dema' } }, 'connect_error');
                say('unknown', error.data.status, error.message);
                """)) {
            assertThat(client.await("url")).isEqualTo("url data:image/jpg;base64,/ 216");
            assertThat(client.await("object")).isEqualTo("object seq,captureTime,metadata,image true true");
            assertThat(client.await("own")).isEqualTo("own data,image number data:image/jpeg;base64,");
            assertThat(client.await("unknown"))
                    .isEqualTo("unknown 404 there is no stream 'dema'; did you mean 'demo'?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING})
    void clientThatStops_missesPictures_othersGoOn_memoryIsFlat(String transports) {
        try (NodeClient stopping = client(transports, "socket.on('frame', () => say('a frame'));");
                NodeClient going = client(transports, """
                        let count = 0;
                        socket.on('frame', () => say('frames', ++count));
                        """)) {
            stopping.await("a frame");
            going.await("frames");
            stopping.pause();
            long before = NettyMemory.buffersInUse();
            long seen = count(going);
            Await.until("the other sees 120 more", Duration.ofSeconds(60), () -> count(going) > seen + 120);
            assertThat(NettyMemory.buffersInUse() - before).isLessThan(30);
            assertThat(server.streams().get(0).dropped().viewers()).isGreaterThan(50);
            int frames = stopping.lines().size();
            stopping.resume();
            Await.until("it goes on", () -> stopping.lines().size() > frames + 30);
        }
    }

    private static long count(NodeClient client) {
        return client.line("frames")
                .map(line -> Long.parseLong(line.substring(7)))
                .orElse(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING, UPGRADE})
    void serverStartsAnew_theClientComesBack(String transports) {
        try (NodeClient client = client(transports, """
                let connects = 0;
                socket.on('connect', () => say('connected', ++connects));
                socket.on('frame', () => { if (connects > 1) say('frame again'); });
                """, ", reconnectionDelayMax: 1000")) {
            client.await("connected 1");
            int port = server.port();
            server.close();
            server = serve(port);
            client.await("connected 2");
            client.await("frame again");
        }
    }

    @Test
    void chromium_showsThePicturesOnAPageOfItsOwn() {
        try (Browser browser = Browser.start()) {
            Page page = browser.page(640, 480);
            List<String> missing = new java.util.concurrent.CopyOnWriteArrayList<>();
            page.onResponse(response -> {
                if (response.status() >= 400) {
                    missing.add(response.url());
                }
            });
            for (String transports : List.of(WEBSOCKET, POLLING, UPGRADE)) {
                page.navigate(server.address().resolve("/live/demo").toString());
                page.addScriptTag(new Page.AddScriptTagOptions()
                        .setUrl(server.address()
                                .resolve("/socket.io/socket.io.js")
                                .toString()));
                Object width = page.evaluate(
                        """
                        (transports) => new Promise((resolve, reject) => {
                            const socket = io({ transports });
                            let count = 0;
                            socket.on('connect_error', reject);
                            socket.on('frame', async (jpeg) => {
                                if (++count === 10) {
                                    const picture = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
                                    socket.disconnect();
                                    resolve(picture.width);
                                }
                            });
                        })""", List.of(transports.replaceAll("[\\[\\]' ]", "").split(",")));
                assertThat(width).as(transports).isEqualTo(320);
            }
            assertThat(missing).isEmpty();
            assertThat(browser.faults()).isEmpty();
        }
    }

    @Test
    void script_isServedWithAnEntityTag_andNamesNoSourceMap() throws Exception {
        HttpResponse<String> script = answer(request("/socket.io/socket.io.js"));
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(script.body()).contains("Socket.IO v4.8").doesNotContain("sourceMappingURL");
        String tag = script.headers().firstValue("ETag").orElseThrow();
        assertThat(answer(request("/socket.io/socket.io.js").header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
    }

    private NodeClient client(String transports, String script) {
        return client(transports, script, "");
    }

    private NodeClient client(String transports, String script, String options) {
        return NodeClient.start(
                URI.create("http://127.0.0.1:" + server.port()),
                "import assert from 'node:assert/strict';\nconst TRANSPORTS = " + transports
                        + ";\nconst socket = io(url, { transports: TRANSPORTS" + options + " });\n" + script);
    }

    private String get(String path) {
        try {
            return answer(request(path)).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
