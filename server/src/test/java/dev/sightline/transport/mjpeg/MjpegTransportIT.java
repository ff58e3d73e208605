package dev.sightline.transport.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Metadata;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.PushSource;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MjpegTransportIT {
    private static final String PART_HEAD = "--frame\r\nContent-Type: image/jpeg\r\n\r\n";

    private final StreamRegistry registry = new StreamRegistry();
    private final PushSource source = new PushSource(320, 240);
    private LiveStream stream;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        stream = registry.start("cam", source, Pipeline.of(List.of()), false);
        server = serve();
    }

    private HttpServer serve() throws IOException {
        Routes routes = new Routes();
        new MjpegTransport(registry).addTo(routes);
        return HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> false);
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    @Test
    void mjpeg_picture_isFollowedAtOnceByTheCompleteHeadersOfTheNext() throws Exception {
        try (RawClient viewer = watch("/live/cam/mjpeg")) {
            source.push();
            assertThat(text(viewer.read(PART_HEAD.length()))).isEqualTo(PART_HEAD);
            byte[] first = viewer.read(stamped());
            assertThat(text(first)).contains("sightline {\"seq\":1,");
            // No second picture was pushed: what comes now is what makes Chromium paint the first.
            assertThat(text(viewer.read(2 + PART_HEAD.length()))).isEqualTo("\r\n" + PART_HEAD);

            source.push();
            try (Mat second = Pictures.decode(viewer.read(stamped()))) {
                assertThat(second.cols()).isEqualTo(320);
            }
        }
    }

    @Test
    void mjpeg_headersFull_comeWithThePictureAndSayAllAboutIt() throws Exception {
        try (RawClient viewer = watch("/live/cam/mjpeg?headers=full")) {
            source.push(new Metadata()
                    .add(new Detection("visage déjà vu", 0.5, new Box(0, 0.25, 0.5, 0.5), Optional.of("7"))));
            String head = viewer.readHead();
            assertThat(head)
                    .startsWith("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + stamped() + "\r\n")
                    .contains("X-Sightline-Seq: 1\r\n")
                    .containsPattern("X-Sightline-Capture-Time: \\d{13}\\.\\d{3}\r\n")
                    .contains("X-Sightline-Metadata: {\"detections\":[{\"label\":\"visage d\\u00E9j\\u00E0 vu\","
                            + "\"score\":0.5,\"box\":[0.0,0.25,0.5,0.5],\"id\":\"7\"}]}\r\n");
            assertThat(viewer.read(stamped() + 2)).endsWith('\r', '\n');
        }
    }

    @Test
    void mjpeg_answerHead_saysThatNothingIsToBeKept() throws Exception {
        try (RawClient viewer = new RawClient(server.address())) {
            assertThat(viewer.get("/live/cam/mjpeg").readHead())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: multipart/x-mixed-replace; boundary=frame\r\n")
                    .contains("Cache-Control: no-store\r\n");
        }
    }

    @Test
    void mjpeg_head_endsAfterTheHeaders() throws Exception {
        try (RawClient viewer = new RawClient(server.address())) {
            String answer = viewer.send("HEAD /live/cam/mjpeg HTTP/1.1\r\nHost: x\r\n\r\n")
                    .readAll();
            assertThat(answer).contains("multipart/x-mixed-replace").endsWith("\r\n\r\n");
            assertThat(stream.status().viewers()).isZero();
        }
    }

    @Test
    void mjpeg_width_choosesTheRendition() throws Exception {
        try (RawClient viewer = watch("/live/cam/mjpeg?width=100&quality=50&headers=full")) {
            source.push();
            String head = viewer.readHead();
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            try (Mat picture = Pictures.decode(viewer.read(length))) {
                assertThat(picture.cols()).isEqualTo(160);
            }
            assertThat(stream.status().renditions())
                    .extracting(rendition -> rendition.rendition().describe())
                    .containsExactly("mjpeg 160 q50");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/live/cam/mjpeg?width=x | 400 | width is a whole number from 1 to",
                "/live/cam/mjpeg?width=0 | 400 | width is a whole number from 1 to",
                "/live/cam/mjpeg?quality=101 | 400 | quality is a whole number from 1 to 100, not '101'",
                "/live/cam/jpeg?quality= | 400 | quality is a whole number from 1 to 100, not ''",
                "/live/cam/mjpeg?headers=all | 400 | headers is 'full' or left out",
                "/live/cat/mjpeg | 404 | \"nearest\":[\"cam\"]",
                "/live/cat/jpeg | 404 | did you mean 'cam'?",
            })
    void badRequest_isAnsweredWithAProblem(String path, int status, String said) throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.get(path, "Connection: close").readAll())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("application/problem+json")
                    .contains(said);
        }
    }

    @Test
    void mjpeg_oneRenditionTooMany_503AndTheOthersGoOn() throws Exception {
        List<RawClient> viewers = new ArrayList<>();
        try (RawClient client = new RawClient(server.address())) {
            for (int quality = 1; quality <= 3; quality++) {
                viewers.add(watch("/live/cam/mjpeg?quality=" + quality));
            }
            assertThat(client.get("/live/cam/mjpeg?quality=9").readAnswer()).startsWith("HTTP/1.1 503 ");
            assertThat(client.get("/live/cam/jpeg?quality=9").readAnswer()).startsWith("HTTP/1.1 503 ");
            source.push();
            assertThat(text(viewers.get(0).read(PART_HEAD.length()))).isEqualTo(PART_HEAD);
        } finally {
            viewers.forEach(RawClient::close);
        }
    }

    @Test
    void mjpeg_streamEnds_connectionEnds() throws Exception {
        try (RawClient viewer = watch("/live/cam/mjpeg")) {
            registry.close();
            assertThat(viewer.readAll()).startsWith(PART_HEAD).endsWith("\r\n" + PART_HEAD);
        }
    }

    @Test
    void jpeg_live_onePictureWithItsIdentity() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.get("/live/cam/jpeg");
            Await.until("somebody waits", () -> stream.status().viewers() == 1);
            source.push();
            String head = client.readHead();
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: image/jpeg\r\n")
                    .contains("Cache-Control: no-store\r\n")
                    .contains("X-Sightline-Seq: 1\r\n")
                    .containsPattern("X-Sightline-Capture-Time: \\d{13}\\.\\d{3}\r\n")
                    .contains("X-Sightline-Metadata: {}\r\n");
            try (Mat picture = Pictures.decode(client.read(stamped()))) {
                assertThat(picture.rows()).isEqualTo(240);
            }
            Await.until("nobody watches", () -> stream.status().viewers() == 0);
        }
    }

    @Test
    void jpeg_headRequest_headersOfThePictureWithoutIt() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.send("HEAD /live/cam/jpeg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Await.until("somebody waits", () -> stream.status().viewers() == 1);
            source.push();
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("content-length: " + stamped() + "\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void jpeg_sourceOutOfReach_503SaysWhy() throws Exception {
        LiveStream lost = registry.start("lost", PushSource.failing("nobody answers"), Pipeline.of(List.of()), false);
        Await.until("the stream is offline", () -> lost.status().state() == StreamState.OFFLINE);
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.get("/live/lost/jpeg").readAnswer())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("OFFLINE")
                    .contains("nobody answers");
            assertThat(client.get("/live/lost/jpeg").readAnswer()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void jpeg_staleStream_503NeverASlate() throws Exception {
        try (RawClient viewer = watch("/live/cam/mjpeg");
                RawClient client = new RawClient(server.address())) {
            source.push();
            viewer.read(PART_HEAD.length());
            Await.until("the stream is stale", () -> stream.status().state() == StreamState.STALE);
            assertThat(client.get("/live/cam/jpeg").readAnswer())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("STALE");
        }
    }

    @Test
    void mjpeg_streamIsTakenAway_theLastPartIsASlate() throws Exception {
        try (RawClient viewer = watch("/live/cam/mjpeg?headers=full")) {
            source.push();
            String live = viewer.readHead().toLowerCase(Locale.ROOT);
            viewer.read(contentLength(live) + 2);
            registry.farewell();
            registry.close();

            String last = viewer.readHead().toLowerCase(Locale.ROOT);
            assertThat(last).contains("x-sightline-metadata: {\"state\":\"ended\"}\r\n");
            try (Mat slate = Pictures.decode(viewer.read(contentLength(last)))) {
                assertThat(slate.cols()).isEqualTo(320);
                assertThat(Pictures.brightness(slate)).isLessThan(80);
            }
            assertThat(viewer.readAll()).isEqualTo("\r\n");
        }
    }

    @Test
    void jpeg_endedStream_isItsLastPictureThoughNobodyWatched() throws Exception {
        source.push();
        Await.until("it went through", () -> stream.status().frames() == 1);
        source.push();
        Await.until("so did the next", () -> stream.status().frames() == 2);
        source.end();
        Await.until("ended", () -> stream.status().state() == StreamState.ENDED);
        try (RawClient client = new RawClient(server.address())) {
            for (String width : List.of("", "?width=160", "")) {
                String head = client.get("/live/cam/jpeg" + width).readHead().toLowerCase(Locale.ROOT);
                assertThat(head)
                        .startsWith("http/1.1 200 ")
                        .contains("x-sightline-seq: 2\r\n")
                        .contains("x-sightline-metadata: {\"state\":\"ended\"}\r\n")
                        .containsPattern("content-disposition: inline; filename=\"cam-[-0-9]{17}\\.jpg\"\r\n");
                try (Mat picture = Pictures.decode(client.read(contentLength(head)))) {
                    assertThat(picture.cols()).isEqualTo(width.isEmpty() ? 320 : 160);
                    assertThat(picture.channels()).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void jpeg_endedStreamWhoseLastPictureIsNeverHandedOver_503AfterAWhile() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        source.push();
        Await.until("live", () -> stream.status().state() == StreamState.LIVE);
        source.end();
        Await.until("ended", () -> stream.status().state() == StreamState.ENDED);
        try (RawClient client = new RawClient(server.address())) {
            stream.remains(Rendition.DEFAULT, taking -> occupy(busy, release), last -> {});
            busy.await();
            assertThat(client.get("/live/cam/jpeg").readAnswer())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("none came within 5 seconds");
        } finally {
            release.countDown();
        }
    }

    /** Holds the thread that makes last pictures. */
    private static void occupy(CountDownLatch busy, CountDownLatch release) {
        busy.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int contentLength(String head) {
        return Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1"));
    }

    @Test
    void jpeg_noPictureComes_503AfterAWhile() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.get("/live/cam/jpeg").readAnswer()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void mjpeg_viewersComeAndGo_noBufferIsLeft() throws Exception {
        server.close();
        long before = NettyMemory.buffersInUse();
        server = serve();
        for (int round = 0; round < 20; round++) {
            List<RawClient> viewers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                viewers.add(watch("/live/cam/mjpeg" + (i % 2 == 0 ? "" : "?headers=full")));
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

    private RawClient watch(String path) throws Exception {
        int before = stream.status().viewers();
        RawClient viewer = new RawClient(server.address());
        assertThat(viewer.get(path).readHead()).startsWith("HTTP/1.1 200 OK\r\n");
        Await.until("the viewer is taken in", () -> stream.status().viewers() > before);
        return viewer;
    }

    /** Bytes of the first picture. */
    private int stamped() {
        return source.deliveredBytes(1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
