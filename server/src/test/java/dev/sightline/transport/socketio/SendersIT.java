package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.StreamState;
import dev.sightline.socketio.PayloadKind;
import dev.sightline.socketio.PictureEvent;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.Pictures;
import dev.sightline.transport.socketio.engine.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that send pictures by the official client, and pages that may not come at all. */
class SendersIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String WEBSOCKET = "['websocket']";
    private static final String POLLING = "['polling']";
    private static final String UPGRADE = "['polling', 'websocket']";

    @TempDir
    private Path folder;

    private SightlineServer server;

    @BeforeEach
    void start() throws IOException {
        server = Sightline.server().port(0).stream(
                        "round",
                        s -> s.source("mirror:")
                                .process("grayscale")
                                .clientProcessors("flip")
                                .socketIo(events -> events.withIn("image")
                                        .withReply(PictureEvent.named("response_back")
                                                .withDataUrl("image/jpg"))))
                .stream(
                        "bytes",
                        s -> s.source("mirror:")
                                .socketIo(events -> events.withReply(
                                        PictureEvent.named("result").withPayload(PayloadKind.OBJECT))))
                .stream("shared", s -> s.source("publish:"))
                .stream("seen", s -> s.source("pattern:160x120@5"))
                .start();
        Files.write(folder.resolve("picture.jpg"), picture());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING, UPGRADE})
    void mirror_answersTheSenderAlone_whateverFormItSends(String transports) {
        try (NodeClient client = client(transports, """
                const other = io(url, { transports: TRANSPORTS, forceNew: true });
                other.on('response_back', () => say('wrong: not its own'));
                await Promise.all([once(other, 'connect'), once(socket, 'connect')]);
                const base64 = jpeg.toString('base64');
                for (const form of [base64, 'data:image/jpeg;base64,' + base64, jpeg]) {
                    socket.emit('image', 'data:,');
                    socket.emit('image', form);
                    const [result] = await once(socket, 'response_back');
                    say('came', result);
                }
                say('done', socket.io.engine.transport.name);
                """)) {
            client.await("done");
            assertThat(client.lines()).noneMatch(line -> line.startsWith("wrong"));
            String came = client.line("came").orElseThrow();
            assertThat(came).startsWith("came data:image/jpg;base64,");
            byte[] jpeg = Base64.getDecoder().decode(came.substring(came.indexOf(',') + 1));
            try (Mat result = Pictures.decode(jpeg)) {
                assertThat(result.cols()).isEqualTo(64);
                // Pure blue (255, 0, 0 in BGR) is 29 in gray.
                assertThat(Pictures.brightness(result)).isBetween(26.0, 32.0);
            }
        }
        Await.until("the sessions have ended", () -> server.streams().get(0).viewers() == 0);
    }

    @Test
    void mirror_saysWhichPictureTheResultIsOf() {
        try (NodeClient client = client(WEBSOCKET, """
                socket.disconnect();
                const mine = io(url, { transports: TRANSPORTS, auth: { stream: 'bytes' }, forceNew: true });
                mine.emit('frame', jpeg, { seq: 4711, captureTime: 12.5 });
                const [result] = await once(mine, 'result');
                say('from', JSON.stringify(result.from), Object.keys(result), result.image[0]);
                """)) {
            assertThat(client.await("from"))
                    .isEqualTo("from {\"seq\":4711,\"captureTime\":12.5} seq,captureTime,from,metadata,image 255");
        }
    }

    @RepeatedTest(20) // the event loops that meet are others each time
    void mirror_upgradedOnTheWay_goesOnWithTheSameSession() throws Exception {
        String opened = answer(request("/socket.io/?EIO=4&transport=polling&stream=bytes"))
                .body();
        String sid = opened.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        String session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
        answer(request(session).POST(BodyPublishers.ofString("40")));
        assertThat(answer(request(session)).body()).startsWith("40{");
        String picture = "451-[\"frame\",{\"_placeholder\":true,\"num\":0}]";
        String payload = picture + "\u001eb" + Base64.getEncoder().encodeToString(picture());
        answer(request(session).POST(BodyPublishers.ofString(payload)));
        assertThat(answer(request(session)).body()).startsWith("451-[\"result\",{\"seq\":1,");

        URI upgrade = URI.create("ws://127.0.0.1:" + server.port() + session.replace("polling", "websocket"));
        try (RawSocket socket = new RawSocket(upgrade)) {
            assertThat(socket.send("2probe").next()).isEqualTo("3probe");
            for (int seq = 2; seq < 5; seq++) {
                socket.send(seq == 2 ? "5" : "6").send(picture).send(picture());
                assertThat((String) socket.next()).startsWith("451-[\"result\",{\"seq\":" + seq + ",");
                assertThat(socket.next()).isInstanceOf(byte[].class);
            }
        }
    }

    @Test
    void badPictures_areRefusedWithAStatus_andTheNextIsTaken() {
        try (NodeClient client = client(WEBSOCKET, """
                await once(socket, 'connect');
                const refused = async (...picture) => {
                    socket.emit('image', ...picture);
                    const [answer] = await once(socket, 'refused');
                    return answer.status;
                };
                const hollow = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0x75, 0x30, 0x75, 0x30, 3]), Buffer.alloc(2000)]);
                say('refused', await refused(Buffer.from('no picture')), await refused('???'), await refused(), await refused(7),
                    await refused(jpeg.subarray(0, 60)), await refused(hollow));
                const answer = await socket.emitWithAck('image', Buffer.from('x'));
                const result = once(socket, 'response_back'); // it may come together with the acknowledgement
                say('acknowledged', answer.status, typeof answer.detail, (await socket.emitWithAck('image', jpeg)).status);
                await result;
                const unknown = await socket.emitWithAck('unknown', 1);
                socket.emit('picture', jpeg);
                const [elsewhere] = await once(socket, 'refused');
                say('unknown', unknown.status, unknown.detail, elsewhere.status, elsewhere.event);
                const viewer = io(url, { transports: TRANSPORTS, auth: { stream: 'seen' }, forceNew: true });
                const told = await viewer.emitWithAck('frame', jpeg);
                viewer.emit('frame', jpeg);
                const [event] = await once(viewer, 'refused');
                say('viewer', told.status, event.status, told.detail);
                say('formats', (await socket.emitWithAck('image', Buffer.from('GIF89a and so on'))).detail);
                say('went on');
                """)) {
            assertThat(client.await("refused")).isEqualTo("refused 415 415 415 415 415 415");
            assertThat(client.await("acknowledged")).isEqualTo("acknowledged 415 string 202");
            client.await("went on");
            assertThat(client.await("unknown"))
                    .isEqualTo("unknown 404 nothing here takes the event 'unknown'; pictures come by the event 'image'"
                            + " 404 picture");
            assertThat(client.await("viewer"))
                    .isEqualTo("viewer 403 403 stream 'seen' takes no pictures from senders: its source is"
                            + " pattern:160x120@5");
            assertThat(client.await("formats")).isEqualTo("formats this is a GIF: send JPEG, PNG or WebP");
        }
    }

    @Test
    void malformedIds_areRefusedWith400_andTheNextIsTaken() {
        try (NodeClient client = client(WEBSOCKET, """
                await once(socket, 'connect');
                const told = [];
                for (const id of [7, 'x', { seq: 1 }, { seq: 1.5, captureTime: 1 }, { seq: 1, captureTime: 'now' }]) {
                    told.push(await socket.emitWithAck('image', jpeg, id));
                }
                socket.emit('image', jpeg, { captureTime: 1 });
                const [event] = await once(socket, 'refused');
                say('refused', told.map((each) => each.status), event.status, event.detail);
                const taken = [{ seq: 1, captureTime: 1.5 }, {}, null];
                const answers = [];
                for (const id of taken) answers.push((await socket.emitWithAck('image', jpeg, id)).status);
                say('taken', answers);
                """)) {
            assertThat(client.await("refused"))
                    .startsWith("refused 400,400,400,400,400 400 a picture's id is ")
                    .endsWith("seq is no whole number");
            assertThat(client.await("taken")).isEqualTo("taken 202,202,202");
        }
    }

    @Test
    void choiceOfProcessors_thatIsNotOffered_connectError403() {
        try (NodeClient client = client(WEBSOCKET, """
                socket.disconnect();
                const wrong = io(url, { auth: { stream: 'round', process: 'edges' }, forceNew: true });
                const [error] = await once(wrong, 'connect_error');
                const right = io(url, { query: { process: 'flip' }, forceNew: true });
                await once(right, 'connect');
                say('status', error.data.status);
                """)) {
            assertThat(client.await("status")).isEqualTo("status 403");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, POLLING})
    void publish_isSeenByAll_theSecondIsRefused_andTheNameIsFreeAgain(String transports) {
        String sender = """
                const mine = io(url, { transports: TRANSPORTS, auth: { stream: 'shared' }, forceNew: true });
                mine.on('refused', (why) => say('refused', why.status));
                mine.on('frame', (jpeg) => { if (jpeg.length < 5000) say('seen', jpeg.length); });
                setInterval(() => mine.volatile.emit('frame', jpeg), 50);
                """;
        try (NodeClient first = client(transports, sender)) {
            first.await("seen");
            try (NodeClient viewer = client(transports, """
                            const mine = io(url, { transports: TRANSPORTS, query: { stream: 'shared' }, forceNew: true });
                            mine.on('frame', (jpeg) => say('seen'));
                            """);
                    NodeClient second = client(transports, sender)) {
                viewer.await("seen");
                assertThat(second.await("refused")).isEqualTo("refused 409");
                first.close();
                Await.until(
                        "the second has taken over",
                        () -> server.streams().get(2).state() == StreamState.LIVE
                                && second.lines().stream()
                                                .filter(line -> line.startsWith("seen"))
                                                .count()
                                        > 100);
            }
        }
        Await.until("nobody sends", () -> server.streams().get(2).state() == StreamState.OFFLINE);
    }

    @Test
    void foreignPages_areRefused_allowedOnesMayUseCredentials() throws Exception {
        String polling = "/socket.io/?EIO=4&transport=polling";
        assertThat(answer(request(polling).header("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(answer(request(polling)
                                .header("Origin", "http://evil.example")
                                .POST(BodyPublishers.ofString("40")))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> preflight = answer(request(polling)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "POST"));
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();

        String own = "http://localhost:" + server.port();
        preflight = answer(request(polling)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", own)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-own"));
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(own);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("x-own");
        HttpResponse<String> allowed = answer(request(polling).header("Origin", own));
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
    }

    @Test
    void postLongerThanAllowed_413() throws Exception {
        HttpResponse<String> opened = answer(request("/socket.io/?EIO=4&transport=polling"));
        String sid = opened.body().replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> refused = answer(request("/socket.io/?EIO=4&transport=polling&sid=" + sid)
                .POST(BodyPublishers.ofByteArray(new byte[17 * 1024 * 1024])));
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    private NodeClient client(String transports, String script) {
        return NodeClient.start(
                URI.create("http://127.0.0.1:" + server.port()),
                "import { readFileSync } from 'node:fs';\nconst jpeg = readFileSync('"
                        + folder.resolve("picture.jpg").toString().replace('\\', '/')
                        + "');\nconst TRANSPORTS = " + transports
                        + ";\nconst socket = io(url, { transports: TRANSPORTS });\n" + script);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] picture() {
        try (Mat blue = new Mat(48, 64, opencv_core.CV_8UC3, new Scalar(255, 0, 0, 0))) {
            return Pictures.jpeg(blue, 95);
        }
    }
}
