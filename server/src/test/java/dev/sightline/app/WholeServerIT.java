package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.StreamInfo;
import dev.sightline.StreamState;
import dev.sightline.frame.Box;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.WebSocketViewer;
import dev.sightline.testkit.WebSocketViewer.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole server, started as an embedding program starts it, and spoken to over its port. */
class WholeServerIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Where a person sees the face in the portrait. */
    private static final Box PORTRAIT_FACE = new Box(178 / 512.0, 74 / 512.0, 94 / 512.0, 106 / 512.0);

    @TempDir
    private Path folder;

    @Test
    @Tag("smoke")
    void jpeg_ofALiveStream_bearsItsIdentity() throws Exception {
        try (SightlineServer server = serve("demo", "pattern:320x240@30", "clock")) {
            HttpResponse<byte[]> picture = get(server, "/live/demo/jpeg");

            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
            String start = new String(picture.body(), 0, 100, StandardCharsets.ISO_8859_1);
            assertThat(start).contains("sightline {\"seq\":").contains("\"captureTime\":");
        }
    }

    @Test
    @Tag("smoke")
    void mjpeg_ofALiveStream_comesPartByPartWithTheNextHeadersAtOnce() throws Exception {
        try (SightlineServer server = serve("demo", "pattern:320x240@30", "")) {
            HttpResponse<InputStream> stream = HTTP.send(
                    HttpRequest.newBuilder(server.address().resolve("/live/demo/mjpeg"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = stream.body()) {
                assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("multipart/x-mixed-replace");
                String start = new String(body.readNBytes(60_000), StandardCharsets.ISO_8859_1);
                assertThat(start.split("\r\n--frame\r\n|^--frame\r\n").length).isGreaterThan(3);
                assertThat(start).contains("Content-Type: image/jpeg");
            }
        }
    }

    @Test
    @Tag("smoke")
    void webSocket_v1_tellsSeqCaptureTimeAndMetadataOfEachPicture() throws Exception {
        try (SightlineServer server = serve("demo", "pattern:640x480@30", "motion");
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "demo")) {
            Await.until("30 pictures", () -> viewer.count() >= 30);
            List<Shown> pictures = viewer.pictures();

            assertThat(pictures).extracting(Shown::seq).isSorted().doesNotHaveDuplicates();
            Shown last = viewer.latest().orElseThrow();
            assertThat(last.header().get("width").asInt()).isEqualTo(640);
            assertThat(last.header().get("codec").asString()).isEqualTo("mjpeg");
            assertThat(last.header().get("captureTime").asDouble())
                    .isCloseTo(System.currentTimeMillis(), within(60_000.0));
            assertThat(last.header().get("metadata").get("detections").isArray())
                    .isTrue();
        }
    }

    @Test
    void faces_onAPortrait_areFoundWhereTheyAre() throws Exception {
        Files.copy(portrait(), folder.resolve("portrait.jpg"));
        try (SightlineServer server =
                        serve("cam", folder.resolve("portrait.jpg").toString(), "faces,clock");
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            JsonNode detections =
                    viewer.awaitPicture(0).header().get("metadata").get("detections");

            assertThat(detections.size()).isEqualTo(1);
            assertThat(box(detections.get(0).get("box")).overlap(PORTRAIT_FACE)).isGreaterThanOrEqualTo(0.5);
        }
    }

    @Test
    void unknownStream_isAnsweredWithTheNearestName() throws Exception {
        try (SightlineServer server = serve("demo", "pattern:320x240@30", "")) {
            for (String path : List.of("/live/deno/mjpeg", "/live/deno/jpeg")) {
                HttpResponse<byte[]> answer = get(server, path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("demo");
            }
            try (WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "deno")) {
                Await.until("closed", () -> viewer.closeCode().isPresent());
                assertThat(viewer.closeCode()).contains(4404);
            }
        }
    }

    @Test
    void brokenSources_areOfflineWithTheirReasons_andTheOthersRunOn() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path rubbish = Files.write(folder.resolve("rubbish.mp4"), new byte[50_000]);
        Path huge = Files.write(folder.resolve("huge.jpg"), hugeJpeg());
        try (SightlineServer server = Sightline.server().port(0).stream("good", s -> s.source("pattern:320x240@30"))
                        .stream(
                                "missing",
                                s -> s.source(folder.resolve("nowhere.mp4").toString()))
                        .stream("empty", s -> s.source(empty.toString()))
                        .stream("rubbish", s -> s.source(rubbish.toString()))
                        .stream("huge", s -> s.source(huge.toString()))
                        .stream("refused", s -> s.source("rtsp://127.0.0.1:9/x"))
                        .stream("unknown", s -> s.source("http://no-such-host.invalid/x"))
                        .stream("camera", s -> s.source("camera:77"))
                        .start();
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "good")) {
            Await.until(
                    "all settled",
                    () -> server.streams().stream()
                            .allMatch(stream -> stream.state() == StreamState.LIVE
                                    || stream.reason().isPresent()));
            for (StreamInfo stream : server.streams()) {
                if (!stream.name().equals("good")) {
                    assertThat(stream.state()).as(stream.name()).isEqualTo(StreamState.OFFLINE);
                    assertThat(stream.reason().orElseThrow()).as(stream.name()).hasSizeGreaterThan(10);
                }
            }
            viewer.awaitPicture(viewer.latest().map(Shown::seq).orElse(0L));
            assertThat(get(server, "/live/missing/jpeg").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void processorThatThrows_isCountedAndTheOriginalPictureShown() throws Exception {
        try (SightlineServer server = Sightline.server().port(0).stream(
                                "cam",
                                s -> s.source("pattern:320x240@30").process("broken", () -> frame -> {
                                    frame.mat().put(Scalar.all(0));
                                    throw new IllegalStateException("no luck today");
                                }))
                        .start();
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            Shown shown = viewer.awaitPicture(10);
            try (Mat picture = Pictures.decode(shown.jpeg())) {
                assertThat(Pictures.brightness(picture)).isGreaterThan(10);
            }
            String status = new String(get(server, "/api/streams").body(), StandardCharsets.UTF_8);
            assertThat(status).contains("no luck today");
        }
    }

    @Test
    void resolutionChange_keepsItsViewers() throws Exception {
        try (SightlineServer server = Sightline.server().port(0).stream(
                                "cam",
                                s -> s.source("pattern:320x240@30").process(() -> frame -> {
                                    if (frame.seq() > 20) {
                                        frame.replace(new Mat(frame.mat(), new Rect(0, 0, 100, 80)).clone());
                                    }
                                }))
                        .start();
                WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "cam")) {
            assertThat(viewer.awaitPicture(0).header().get("width").asInt()).isEqualTo(320);
            assertThat(viewer.awaitPicture(21).header().get("width").asInt()).isEqualTo(100);
            assertThat(viewer.closeCode()).isEmpty();
        }
    }

    @Test
    void close_leavesNoThreadBehind() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (SightlineServer server = serve("round", "pattern:320x240@30", "clock");
                    WebSocketViewer viewer = WebSocketViewer.watch(server.address(), "round")) {
                viewer.awaitPicture(0);
            }
        }
        Await.until(
                "no thread of a stream or a server",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("round-") || name.startsWith("sightline-")));
    }

    private static SightlineServer serve(String name, String source, String process) {
        return Sightline.server().port(0).stream(name, stream -> {
                    stream.source(source);
                    if (!process.isEmpty()) {
                        stream.process(process);
                    }
                })
                .start();
    }

    private static HttpResponse<byte[]> get(SightlineServer server, String path)
            throws IOException, InterruptedException {
        URI address = server.address().resolve(path);
        return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Path portrait() {
        return Path.of(
                "..", "processors", "src", "test", "resources", "dev", "sightline", "processors", "portrait.jpg");
    }

    private static Box box(JsonNode fractions) {
        return new Box(
                fractions.get(0).asDouble(),
                fractions.get(1).asDouble(),
                fractions.get(2).asDouble(),
                fractions.get(3).asDouble());
    }

    /** The first bytes of a JPEG that claims 20,000 x 20,000 pixels. */
    private static byte[] hugeJpeg() throws IOException {
        byte[] jpeg;
        try (Mat small = new Mat(16, 16, opencv_core.CV_8UC3)) {
            jpeg = Pictures.jpeg(small, 80);
        }
        for (int i = 0; i + 8 < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                jpeg[i + 5] = 20_000 >> 8;
                jpeg[i + 6] = (byte) 20_000;
                jpeg[i + 7] = 20_000 >> 8;
                jpeg[i + 8] = (byte) 20_000;
            }
        }
        return jpeg;
    }
}
