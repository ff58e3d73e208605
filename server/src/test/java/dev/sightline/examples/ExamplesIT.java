package dev.sightline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.VideoFiles;
import dev.sightline.testkit.WebSocketSender;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example is started as a user starts it and met by the clients it is made for: the official Socket.IO client, two
 * on WebSocket alone, two on polling alone and two that upgrade, all at once; a plain WebSocket; a plain HTTP client.
 */
class ExamplesIT {
    private static final Path PORTRAIT =
            Path.of("..", "processors", "src", "test", "resources", "dev", "sightline", "processors", "portrait.jpg");
    private static final int CLIENTS = 6;
    private static final int MEDIA_PORT = 8190;

    /** Calls {@code meet(socket, i)} for all clients at once. */
    private static final String ALL = """
            const kinds = [['websocket'], ['polling'], ['polling', 'websocket']];
            await Promise.all([...kinds, ...kinds].map(async (transports, i) => {
                const socket = io(url, { transports, forceNew: true });
                try {
                    await meet(socket, i);
                    say('on', socket.io.engine.transport.name);
                } catch (error) {
                    say('wrong', error.stack);
                }
                socket.disconnect();
            }));
            say('done');
            """;

    @TempDir
    private Path folder;

    @Test
    @Tag("smoke")
    void faceDetection_everyClient_getsTheSameJpegsWithFacesAndTimeInThem() {
        try (Program program = Program.run("FaceDetection", PORTRAIT.toString(), "--port", "0")) {
            NodeClient client = met(program.address(), """
                    import { createHash } from 'node:crypto';
                    const hashes = new Map();
                    let shared = 0;
                    const meet = async (socket, i) => {
                        for (let count = 0; count < 10; count++) {
                            const args = await once(socket, 'frame');
                            if (args.length !== 1 || !Buffer.isBuffer(args[0])) throw new Error('no JPEG: ' + args);
                            const [jpeg] = args;
                            const seq = jpeg.subarray(0, 100).toString('latin1').match(/"seq":(\\d+)/)[1];
                            const hash = createHash('sha1').update(jpeg).digest('hex');
                            if ((hashes.get(seq) ?? hash) !== hash) throw new Error('pictures differ: ' + seq);
                            if (hashes.has(seq)) shared++;
                            hashes.set(seq, hash);
                            if (count === 9) say('jpeg', jpeg.toString('base64'));
                        }
                        if (i === 5) say('shared', shared);
                    };
                    """);
            assertThat(client.await("shared")).isNotEqualTo("shared 0");
            assertThat(said(client, "jpeg ")).hasSize(CLIENTS).allSatisfy(base64 -> {
                Jpeg jpeg = new Jpeg(Base64.getDecoder().decode(base64));
                assertThat(jpeg.coarseness()).isEqualTo(Jpeg.coarseness(95));
                assertThat(jpeg.green()).as("pixels of the green box").isGreaterThan(300);
                assertThat(differenceAtTop(jpeg))
                        .as("top left, where the time is")
                        .isGreaterThan(5);
            });
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "sightline.long",
            matches = "true",
            disabledReason = "the other detector is enough")
    void faceDetection_haar_findsTheFaceToo() throws Exception {
        try (Program program = Program.run("FaceDetection", PORTRAIT.toString(), "--faces", "haar", "--port", "0")) {
            byte[] jpeg = get(program.address().resolve("/live/camera/jpeg")).body();
            assertThat(new Jpeg(jpeg).green()).isGreaterThan(300);
        }
    }

    @Test
    void faceDetection_sourceThatIsNotThere_isSaidInOneLine() throws Exception {
        try (Program camera = Program.run("FaceDetection", "camera:99", "--port", "0");
                Program file = Program.run("MetadataStream", "missing.mp4", "--port", "0")) {
            assertThat(camera.exit()).isEqualTo(2);
            assertThat(camera.lines()).singleElement().asString().startsWith("FaceDetection: ");
            assertThat(file.exit()).isEqualTo(2);
            assertThat(file.lines()).singleElement().asString().contains("missing.mp4");
        }
    }

    @Test
    void metadataStream_everyClient_getsTheCounterAndThePicture() {
        Path video = VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 320, 240, 30, 60);
        try (Program program = Program.run("MetadataStream", video.toString(), "--port", "0")) {
            NodeClient client = met(program.address(), """
                    const meet = async (socket, i) => {
                        let last = -1;
                        for (let count = 0; count < 10; count++) {
                            const [message, ...more] = await once(socket, 'stream');
                            if (more.length || Object.keys(message).sort().join() !== 'data,image') throw new Error('keys');
                            const { data, image } = message;
                            if (!Number.isInteger(data) || data <= last) throw new Error(data + ' after ' + last);
                            last = data;
                            if (count === 9) say('image', image);
                        }
                    };
                    """);
            assertThat(said(client, "image ")).hasSize(CLIENTS).allSatisfy(image -> {
                assertThat(image).startsWith("data:image/jpeg;base64,");
                Jpeg jpeg = jpeg(image);
                assertThat(jpeg.size()).isEqualTo("400x300");
                assertThat(jpeg.coarseness()).isEqualTo(Jpeg.coarseness(95));
            });
        }
    }

    @Test
    void metadataStream_onceAndColors_saysObjectsAndTheEndAndThenRests() {
        Path video = VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 320, 240, 30, 150);
        try (Program program = Program.run("MetadataStream", video.toString(), "--once", "--colors", "--port", "0")) {
            URI address = program.address();
            met(address, """
                    const meet = async (socket, i) => {
                        let wrong;
                        socket.on('stream', ({ data, image }) => {
                            const numbers = data && ['blue', 'green', 'red'].every((name) => Number.isFinite(data[name]));
                            if (!numbers || !image.startsWith('data:image/jpeg;base64,/9j/')) wrong ??= JSON.stringify(data);
                        });
                        const args = await once(socket, 'ended');
                        if (args.length || wrong) throw new Error('args ' + args + ', data ' + wrong);
                    };
                    """);
            // A client that comes after the end is told too, and nobody works any more.
            try (NodeClient late = NodeClient.start(address, "io(url).on('ended', () => say('late'));")) {
                late.await("late");
            }
            Await.until("the program rests", () -> share(program) < 0.2);
        }
    }

    @Test
    void webcamRoundTrip_everySender_getsItsOwnPictureWidenedAndMirroredWhateverItsForm() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            try (Mat half = half(60 + 30 * i, opencv_core.CV_8UC3, 255);
                    Mat transparent = half(60 + 30 * i, opencv_core.CV_8UC4, 0)) {
                Files.write(folder.resolve(i + ".jpg"), Pictures.jpeg(half, 90));
                Files.write(folder.resolve(i + ".png"), Pictures.encode(".png", half));
                Files.write(folder.resolve(i + "-alpha.png"), Pictures.encode(".png", transparent));
            }
        }
        try (Program program = Program.run("WebcamRoundTrip", "--port", "0")) {
            NodeClient client = met(program.address(), """
                    import { readFileSync } from 'node:fs';
                    const read = (i, ending) => readFileSync('%s/' + i + ending).toString('base64');
                    const meet = async (socket, i) => {
                        let answers = 0;
                        socket.on('response_back', () => answers++);
                        const forms = [
                            'data:image/jpeg;base64,' + read(i, '.jpg'), read(i, '.jpg'), 'data:image/png;base64,' + read(i, '.png'),
                            read(i, '.png'), 'data:image/png;base64,' + read(i, '-alpha.png'),
                        ];
                        for (const form of forms) {
                            socket.emit('image', 'data:,');
                            socket.emit('image', form);
                            const args = await once(socket, 'response_back');
                            if (args.length !== 1) throw new Error('arguments: ' + args.length);
                            say('answer' + i, args[0]);
                        }
                        if (answers !== forms.length) throw new Error('answers: ' + answers);
                    };
                    """.formatted(folder));
            for (int i = 0; i < CLIENTS; i++) {
                int gray = 60 + 30 * i;
                assertThat(said(client, "answer" + i + " ")).hasSize(5).allSatisfy(answer -> {
                    assertThat(answer).startsWith("data:image/jpg;base64,/9j/");
                    Jpeg jpeg = jpeg(answer);
                    assertThat(jpeg.size()).isEqualTo("700x525");
                    assertThat(jpeg.brightness(0, 0.45)).isLessThan(5);
                    assertThat(jpeg.brightness(0.55, 1)).isBetween(gray - 4.0, gray + 4.0);
                });
            }
            assertThat(program.lines()).noneMatch(line -> line.contains("warning"));
        }
    }

    @Test
    void cameraOverWebRtc_feed_hasTheBoundaryThatPagesKnow() throws Exception {
        try (Program program = Program.run("CameraOverWebRtc", "pattern:320x240@30", "--port", "0")) {
            URI address = program.address();
            program.await("Only this computer can reach it");
            HttpResponse<InputStream> feed = HttpClient.newHttpClient()
                    .send(request(address.resolve("/video_feed")), BodyHandlers.ofInputStream());
            assertThat(feed.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type.replace(" ", ""))
                            .isEqualToIgnoringCase("multipart/x-mixed-replace;boundary=frame"));
            try (InputStream body = feed.body();
                    Scanner lines = new Scanner(body, StandardCharsets.ISO_8859_1).useDelimiter("\r\n")) {
                assertThat(lines.next()).isEqualTo("--frame");
                assertThat(lines.next()).isEqualTo("Content-Type: image/jpeg");
                assertThat(Stream.generate(lines::next)
                                .filter("--frame"::equals)
                                .limit(3))
                        .hasSize(3);
            }
            assertThat(text(address)).contains("href=\"video_feed\"");
            assertThat(get(address.resolve("/static/camera.js")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void cameraOverWebRtc_directAndOpen_leadsToTheFeedAndSaysBothAddresses() throws Exception {
        try (Program program = Program.run(
                "CameraOverWebRtc",
                "pattern:160x120@10",
                "--direct",
                "--host",
                "0.0.0.0",
                "--auth",
                "none",
                "--port",
                "0")) {
            HttpResponse<byte[]> answer = get(program.address());
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).hasValue("video_feed");
            Await.until("a second line", () -> program.lines().size() > 1);
            assertThat(program.lines().get(1))
                    .containsAnyOf("On other computers and phones: http://", "Only this computer");
        }
    }

    @Test
    void grayscaleTemplate_changedSettings_holdFromTheNextPictureAndMistakesAreSaid() throws Exception {
        Path settings = folder.resolve(".env");
        write(
                settings,
                "# a remark",
                "",
                "CLIENT_WIDTH=111",
                "CLIENT_HIGHT=480",
                "CLIENT_HEIGHT='240'",
                "CLIENT_JPG_COMPRESSION=0.5 # less",
                "SERVER_WIDTH=200",
                "SERVER_HEIGHT=\"150\"",
                "SERVER_JPG_COMPRESSION=0.6",
                "WS_PORT=0",
                "HTTP_PORT=0");
        try (Program program = Program.run(Map.of("CLIENT_WIDTH", "320"), "GrayscaleTemplate", settings.toString())) {
            URI page = program.address();
            URI sockets = program.address("ws://");
            assertThat(program.lines())
                    .contains(
                            settings + ":4: unknown key 'CLIENT_HIGHT', did you mean 'CLIENT_HEIGHT'?",
                            "From the environment: CLIENT_WIDTH=320");
            assertThat(text(page))
                    .contains(
                            "width: 320, height: 240, compression: 0.5, port: " + sockets.getPort(),
                            "=== \"" + page.getPort() + "\"",
                            "\"127.0.0.1\"")
                    .doesNotContain("##");
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", sockets.getPort());
            try (WebSocketSender first = WebSocketSender.bare(server, "/");
                    WebSocketSender second = WebSocketSender.bare(server, "/")) {
                first.send(Pictures.plain(320, 240, 80));
                second.send(Pictures.plain(320, 240, 200));
                Jpeg dark = new Jpeg(first.answer());
                Jpeg bright = new Jpeg(second.answer());
                assertThat(dark.components()).isEqualTo(1);
                assertThat(dark.size()).isEqualTo("200x150");
                assertThat(dark.coarseness()).isEqualTo(Jpeg.coarseness(60));
                assertThat(dark.brightness(0, 1)).isBetween(77.0, 83.0);
                assertThat(bright.brightness(0, 1)).isBetween(197.0, 203.0);

                write(
                        settings,
                        "CLIENT_HEIGHT=120",
                        "SERVER_WIDTH=100",
                        "SERVER_HEIGHT=50",
                        "SERVER_JPG_COMPRESSION=0.9",
                        "WS_PORT=0",
                        "HTTP_PORT=0");
                program.await(settings + " has changed");
                first.send(Pictures.plain(320, 240, 80));
                Jpeg changed = new Jpeg(first.answer());
                assertThat(changed.size()).isEqualTo("100x50");
                assertThat(changed.coarseness()).isEqualTo(Jpeg.coarseness(90));
                assertThat(text(page.resolve("/client.json"))).contains("\"width\": 320", "\"height\": 120");

                write(settings, "SERVER_WIDTH=wide");
                program.await(":1: SERVER_WIDTH is a whole number from 1 to 4096, not 'wide'");
                first.send(Pictures.plain(320, 240, 80));
                assertThat(new Jpeg(first.answer()).size()).isEqualTo("100x50");
                assertThat(first.waiting() + second.waiting()).isZero();
            }
        }
    }

    @Test
    void grayscaleTemplate_changedServer_startsAgainWithinTheProgramOrStaysAsItWas() throws Exception {
        Path settings = folder.resolve(".env");
        write(settings, "SERVER_WIDTH=64", "SERVER_HEIGHT=48", "WS_PORT=0", "HTTP_PORT=0");
        try (Program program = Program.run("GrayscaleTemplate", settings.toString())) {
            InetSocketAddress server =
                    new InetSocketAddress("127.0.0.1", program.address("ws://").getPort());
            assertThat(answered(server, "/").components()).isEqualTo(1);

            write(settings, "PROCESS=flip", "WS_PORT=0", "HTTP_PORT=0");
            Await.until("it is open again", () -> opened(program) == 2);
            assertThat(answered(server, "/").components()).isEqualTo(3);

            write(settings, "PROCESS=flipp", "WS_PORT=0", "HTTP_PORT=0");
            program.await(
                    "The change is not taken over: --stream template: unknown processor 'flipp', did you mean 'flip'?");
            Await.until("it is open again", () -> opened(program) == 3);
            assertThat(answered(server, "/").components()).isEqualTo(3);

            // Where a tunnel leads to the page's port alone, pictures are taken there too.
            InetSocketAddress page =
                    new InetSocketAddress("127.0.0.1", program.address().getPort());
            assertThat(answered(page, "/pictures").size()).isEqualTo("640x480");
            assertThat(opened(program)).as("what cannot be is tried once").isEqualTo(3);
        }
    }

    private static long opened(Program program) {
        return program.lines().stream()
                .filter(line -> line.startsWith("Pictures go to"))
                .count();
    }

    private static Jpeg answered(InetSocketAddress server, String path) throws InterruptedException {
        try (WebSocketSender sender = WebSocketSender.bare(server, path)) {
            sender.send(Pictures.plain(320, 240, 80));
            return new Jpeg(sender.answer());
        }
    }

    @Test
    void grayscaleTemplate_settingsThatCannotBe_areSaidInOneLine() throws Exception {
        Path settings = folder.resolve(".env");
        write(settings, "SERVER_JPG_COMPRESSION=60", "WS_PORT=0", "HTTP_PORT=0");
        Path equal = folder.resolve("equal.env");
        write(equal, "HTTP_PORT=9876");
        try (Program wrong = Program.run("GrayscaleTemplate", settings.toString());
                Program twice = Program.run(Map.of("WS_PORT", "9876"), "GrayscaleTemplate", equal.toString());
                Program missing = Program.run(
                        "GrayscaleTemplate", folder.resolve("no.env").toString())) {
            assertThat(wrong.exit() + twice.exit() + missing.exit()).isEqualTo(6);
            assertThat(wrong.lines())
                    .singleElement()
                    .asString()
                    .endsWith(".env:1: SERVER_JPG_COMPRESSION is a number from 0.0 to 1.0, not '60'");
            assertThat(twice.lines())
                    .containsExactly(
                            "From the environment: WS_PORT=9876",
                            "GrayscaleTemplate: port 9876 is for both HTTP and a WebSocket: choose another for one of them");
            assertThat(missing.lines())
                    .containsExactly("GrayscaleTemplate: there is no file " + folder.resolve("no.env"));
        }
    }

    @Test
    void anyExample_portThatIsTaken_isSaidInOneLine_alsoWhereThatForMediaIsTakenToo() throws Exception {
        try (DatagramSocket media = new DatagramSocket(null);
                ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            takeMediaPort(media);
            String port = "" + first.getLocalPort();
            try (Program second = Program.run("WebcamRoundTrip", "--port", port)) {
                assertThat(second.exit()).isEqualTo(2);
                assertThat(second.lines()).singleElement().asString().contains(port);
            }
        }
    }

    /** If a program of another test has it, that does as well. */
    private static void takeMediaPort(DatagramSocket socket) throws SocketException {
        try {
            socket.bind(new InetSocketAddress("127.0.0.1", MEDIA_PORT));
        } catch (BindException e) {
            assertThat(e).hasMessageContaining("in use");
        }
    }

    /** Lets all clients do what the script says; none may find anything wrong. */
    private static NodeClient met(URI address, String script) {
        try (NodeClient client = NodeClient.start(address, script + ALL)) {
            client.await("done");
            assertThat(client.lines()).noneMatch(line -> line.startsWith("wrong"));
            assertThat(said(client, "on ").stream().filter("polling"::equals)).hasSize(CLIENTS / 3);
            return client;
        }
    }

    private static List<String> said(NodeClient client, String beginning) {
        return client.lines().stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }

    private static Jpeg jpeg(String dataUrl) {
        return new Jpeg(Base64.getDecoder().decode(dataUrl.substring(dataUrl.indexOf(',') + 1)));
    }

    /** A picture of 640x480 whose left half is of a gray, the right one black. */
    private static Mat half(int gray, int type, int alpha) {
        Mat picture = new Mat(480, 640, type, new Scalar(0, 0, 0, alpha));
        try (Rect left = new Rect(0, 0, 320, 480);
                Mat part = picture.apply(left);
                Scalar color = new Scalar(gray, gray, gray, alpha);
                Mat full = new Mat(480, 320, type, color)) {
            full.copyTo(part);
        }
        return picture;
    }

    /** The mean difference to the portrait in the corner at the top left. */
    private static double differenceAtTop(Jpeg jpeg) {
        try (Mat portrait = Pictures.decode(Files.readAllBytes(PORTRAIT));
                Mat shown = Pictures.decode(jpeg.bytes());
                Rect corner = new Rect(0, 0, shown.cols() / 4, shown.rows() / 12);
                Mat before = portrait.apply(corner);
                Mat after = shown.apply(corner);
                Mat difference = new Mat()) {
            opencv_core.absdiff(before, after, difference);
            return Pictures.brightness(difference);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How much of a processor the program uses, measured over half a second. */
    private static double share(Program program) {
        Duration before = program.worked();
        long start = System.nanoTime();
        Await.until("half a second", () -> System.nanoTime() - start > 500_000_000L);
        return (double) program.worked().minus(before).toNanos() / (System.nanoTime() - start);
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private static String text(URI address) throws IOException, InterruptedException {
        return new String(get(address).body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request(address), BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address).build();
    }
}
