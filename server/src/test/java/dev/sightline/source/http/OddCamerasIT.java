package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.StreamInfo;
import dev.sightline.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.WebSocketViewer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cameras with odd habits under the real server: all are live, and show what they show to Chromium. */
class OddCamerasIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** One after the other, since Chromium opens six connections to a server at most. */
    private static final String WIDTH_SHOWN = """
            address => new Promise(resolve => {
                const image = document.images[0];
                image.src = address;
                const end = Date.now() + 20_000;
                const look = () => {
                    if (image.naturalWidth || Date.now() > end) {
                        resolve(image.naturalWidth);
                        image.src = '';
                    } else {
                        setTimeout(look, 20);
                    }
                };
                look();
            })""";

    private static OddCameras cameras;
    private static SightlineServer server;

    @BeforeAll
    static void start() {
        cameras = new OddCameras();
        Sightline builder = Sightline.server().port(0);
        for (String name : cameras.names()) {
            builder = builder.stream(name, stream -> stream.source(cameras.address(name)));
        }
        server = builder.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        cameras.close();
    }

    @Test
    void everyCamera_isLive_andItsPicturesAreWhole() throws Exception {
        Await.until("all live, but " + missing(), PATIENCE, () -> missing().isEmpty());
        Map<String, String> wrong = new TreeMap<>();
        for (String name : cameras.names()) {
            String seen = quarters(snapshot(name));
            if (!seen.equals("red green blue white")) {
                wrong.put(name, seen);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(server.streams())
                .filteredOn(stream -> stream.dropped().broken() > 0)
                .extracting(StreamInfo::name)
                .containsExactly("cut-now-and-then");
        assertThat(server.streams()).allMatch(stream -> stream.fps() > 0);
        assertThat(server.streams()).extracting(StreamInfo::source).noneMatch(source -> source.contains("ss:1"));
    }

    @Test
    void camerasThatEndOrAreSlow_showNoSlate() {
        List<String> names =
                List.of("still-no-length", "still-sometimes-503", "one-part", "five-parts", "slow", "slow-still");
        Map<String, WebSocketViewer> viewers = new HashMap<>();
        try {
            for (String name : names) {
                Await.until("live: " + name, PATIENCE, () -> state(name) == StreamState.LIVE);
                viewers.put(name, WebSocketViewer.watch(server.address(), name));
            }
            int before = cameras.requests("still-sometimes-503");
            viewers.get("slow").awaitPicture(0);
            Await.until("three slow ones", () -> viewers.get("slow").count() >= 3);
            viewers.forEach((name, viewer) -> {
                assertThat(viewer.pictures()).as(name).noneMatch(WebSocketViewer.Shown::isSlate);
                assertThat(viewer.messages().toString()).as(name).doesNotContain("OFFLINE", "STALE");
            });
            assertThat(cameras.requests("still-sometimes-503") - before).isGreaterThan(8);
        } finally {
            viewers.values().forEach(WebSocketViewer::close);
        }
    }

    @Test
    void everyCamera_isShownByChromiumToo() {
        try (Browser browser = Browser.start()) {
            Page page = browser.page(800, 600);
            for (String name : cameras.names()) {
                // It takes no passwords in addresses of images, and asks only once, which may be when the camera is
                // busy.
                if (!name.startsWith("login") && !name.equals("still-sometimes-503")) {
                    page.setContent("<img>");
                    assertThat(page.evaluate(WIDTH_SHOWN, cameras.address(name)))
                            .as(name)
                            .isEqualTo(OddCameras.WIDTH);
                }
            }
        }
    }

    private static List<String> missing() {
        return server.streams().stream()
                .filter(stream -> stream.state() != StreamState.LIVE)
                .map(stream -> stream.name() + " " + stream.reason().orElse(""))
                .toList();
    }

    private static StreamState state(String name) {
        return server.streams().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static byte[] snapshot(String name) throws Exception {
        URI address = server.address().resolve("/live/" + name + "/jpeg");
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        return answer.body();
    }

    /** The colours in the middle of the four quarters. */
    private static String quarters(byte[] jpeg) {
        try (Mat picture = Pictures.decode(jpeg);
                UByteIndexer pixels = picture.createIndexer()) {
            int width = picture.cols();
            int height = picture.rows();
            return String.join(
                    " ",
                    color(pixels, height / 4, width / 4),
                    color(pixels, height / 4, width * 3 / 4),
                    color(pixels, height * 15 / 16, width / 4),
                    color(pixels, height * 15 / 16, width * 15 / 16));
        }
    }

    private static String color(UByteIndexer pixels, int y, int x) {
        boolean blue = pixels.get(y, x, 0) > 200;
        boolean green = pixels.get(y, x, 1) > 200;
        boolean red = pixels.get(y, x, 2) > 200;
        if (blue && green && red) {
            return "white";
        }
        return blue ? "blue" : green ? "green" : red ? "red" : "dark";
    }
}
