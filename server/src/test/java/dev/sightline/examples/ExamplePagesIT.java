package dev.sightline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.Pictures;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples' pages in a real browser with a false camera: what they show is what it should be, and after the program
 * was killed and started again they go on by themselves. With {@code -Dsightline.screens=FOLDER} they leave pictures of
 * themselves.
 */
class ExamplePagesIT {
    private static final Path PORTRAIT =
            Path.of("..", "processors", "src", "test", "resources", "dev", "sightline", "processors", "portrait.jpg");
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    /** In the short run: one of those by Socket.IO, whose pages go on by the same script, and the one by WebRTC. */
    private static final List<String> STARTED_AGAIN = List.of("WebcamRoundTrip", "CameraOverWebRtc");

    private static final Duration WATCHED = Duration.ofSeconds(LONG ? 60 : 3);
    /** What Socket.IO's client is held to, and what it ends up with. */
    private static final Map<String, String> TRANSPORTS = Map.of(
            "['websocket']", "websocket",
            "['polling']", "polling",
            "['polling', 'websocket']", "websocket");

    private static final String HOLD_TO = """
            Object.defineProperty(window, 'io', {
                get: () => window.client && ((options) => window.socket = window.client({ ...options, transports: %s })),
                set: (client) => window.client = client,
            });
            """;
    /** Where the middle of what is red is on the player, and how far the box is from it in each picture. */
    private static final String RED = """
            () => {
                const player = document.querySelector('sightline-player');
                window.followed = [];
                window.red = () => {
                    const { width, height } = player.canvas;
                    const { data } = player.canvas.getContext('2d').getImageData(0, 0, width, height);
                    let [x, y, count] = [0, 0, 0];
                    for (let i = 0; i < data.length; i += 4) {
                        if (data[i] > 170 && data[i + 1] < 90) {
                            x += (i / 4) % width;
                            y += Math.floor(i / 4 / width);
                            count++;
                        }
                    }
                    return { x: x / count / width, y: y / count / height };
                };
                window.press = () => {
                    const { x, y } = window.red();
                    const area = player.surface.getBoundingClientRect();
                    const width = area.height * 4 / 3;
                    player.dispatchEvent(new PointerEvent('pointerdown', {
                        clientX: area.left + (area.width - width) / 2 + x * width,
                        clientY: area.top + y * area.height,
                    }));
                };
                player.addEventListener('picture', ({ detail: { metadata } }) => {
                    const [thing] = metadata.detections ?? [];
                    if (!thing) return;
                    const [left, top, width, height] = thing.box;
                    const red = window.red();
                    const away = Math.hypot((left + width / 2 - red.x) * 320, (top + height / 2 - red.y) * 240);
                    window.followed.push({ id: thing.id, x: red.x * 320, away });
                });
            }""";

    private static final Optional<String> SCREENS = Optional.ofNullable(System.getProperty("sightline.screens"));

    /** What the page shows of the server; its own camera's picture is another. */
    private static final String PICTURE = "img:visible, video:visible:not(#camera)";

    private static Browser browser;

    @TempDir
    private Path folder;

    private Page page;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void open() throws IOException {
        page = browser.page(640, 480); // a larger one takes more of a processor to paint
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        try (InputStream script = ExamplePagesIT.class.getResourceAsStream("page-watch.js")) {
            page.addInitScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        page.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void webcamRoundTrip_page_showsItsCameraWideAndMirroredAndNeverAnOldPicture() throws Exception {
        page.addInitScript("window.mirrored = true;");
        playsAgain("WebcamRoundTrip", List.of(), () -> {
            for (Map<String, Number> shown : watched()) {
                assertThat(shown.get("width").intValue()).isEqualTo(700);
                assertThat(shown.get("height").intValue()).isEqualTo(525);
            }
        });
    }

    @Test
    void grayscaleTemplate_page_showsItsCameraInGrayAndFollowsItsSettings() throws Exception {
        Path settings = folder.resolve(".env");
        Files.writeString(settings, "HTTP_PORT=0\nWS_PORT=0\nSERVER_WIDTH=320\nSERVER_HEIGHT=240");
        try (Program program = Program.run("GrayscaleTemplate", settings.toString())) {
            start(program.address());
            plays();
            screens("GrayscaleTemplate");
            for (Map<String, Number> shown : watched()) {
                assertThat(shown.get("width").intValue()).isEqualTo(320);
                assertThat(shown.get("color").intValue()).isLessThanOrEqualTo(2);
            }
            Files.writeString(settings, "HTTP_PORT=0\nWS_PORT=0\nCLIENT_WIDTH=160\nSERVER_WIDTH=400");
            Await.until("a new size", () -> is("window.shown.at(-1).width === 400 && window.sentWidth === 160"));
        }
    }

    @Test
    void faceDetection_page_playsAndPlaysAgain() throws Exception {
        try (Mat portrait = Pictures.decode(Files.readAllBytes(PORTRAIT))) {
            Path video = VideoFiles.write(
                    folder.resolve("faces.mp4"), "libopenh264", 10, 40, i -> part(portrait, 20 - Math.abs(i - 20)));
            playsAgain("FaceDetection", List.of(video.toString()), () -> {});
        }
    }

    /** A part of the portrait, enlarged. */
    private static Mat part(Mat portrait, int left) {
        Mat part = new Mat();
        try (Rect place = new Rect(left, 0, 400, 300);
                Mat cut = portrait.apply(place);
                Size size = new Size(640, 480)) {
            opencv_imgproc.resize(cut, part, size, 0, 0, opencv_imgproc.INTER_CUBIC);
        }
        return part;
    }

    @Test
    void metadataStream_page_showsTheDataOfThePictureAndPlaysAgain() throws Exception {
        Path video = VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 320, 240, 10, 40);
        playsAgain(
                "MetadataStream",
                List.of(video.toString(), "--colors"),
                () -> assertThat(page.locator("#data").innerText()).contains("\"blue\"", "\"green\"", "\"red\""));
    }

    @Test
    void metadataStream_videoThatEnds_isShownAsEnded() throws Exception {
        Path video = VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 320, 240, 25, 50);
        try (Program program = Program.run("MetadataStream", video.toString(), "--once", "--port", "0")) {
            start(program.address());
            Await.until("it has ended", () -> status().startsWith("ended since "));
            assertThat(page.locator("figure.dead").count()).isEqualTo(1);
            screens("MetadataStream-ended");
        }
    }

    @Test
    void cameraOverWebRtc_page_playsTheFeedAndPlaysAgain() throws Exception {
        playsAgain("CameraOverWebRtc", List.of("pattern:320x240@15"), () -> {});
    }

    @Test
    void clickToFollow_page_boxStaysOnTheThingThatWasClicked() throws Exception {
        Path video = VideoFiles.write(
                folder.resolve("thing.mp4"), "libopenh264", 20, 80, i -> thing(2 * (40 - Math.abs(i - 40))));
        try (Program program = Program.run("ClickToFollow", video.toString(), "--port", "0")) {
            start(program.address());
            Await.until("the page says so", () -> status().startsWith("live"));
            page.evaluate(RED);
            Await.until("the thing is seen", () -> is("Number.isFinite(window.red().x)"));
            page.evaluate("window.press()"); // by the mouse it would come when the thing is somewhere else

            Await.until("followed for two seconds", () -> is("window.followed.length >= 40"));
            screens("ClickToFollow");
            assertThat(numbers("window.followed.map((one) => one.away)"))
                    .as("from the middle of the box to the middle of the thing, in pixels")
                    .allMatch(away -> away < 14);
            assertThat(is("new Set(window.followed.map((one) => one.id)).size === 1"))
                    .isTrue();
            List<Double> places = numbers("window.followed.map((one) => one.x)");
            assertThat(Collections.max(places) - Collections.min(places))
                    .as("how far it went, in pixels")
                    .isGreaterThan(30);
        }
    }

    /** A red thing with a pattern, on stripes. */
    private static Mat thing(int left) {
        Mat picture = new Mat(240, 320, opencv_core.CV_8UC3, Scalar.all(90));
        for (int x = 0; x < 320; x += 32) {
            fill(picture, x, 0, 16, 240, new Scalar(130, 110, 100, 0));
        }
        fill(picture, 100 + left, 90, 60, 60, new Scalar(20, 20, 230, 0));
        fill(picture, 115 + left, 105, 14, 30, new Scalar(20, 20, 120, 0));
        return picture;
    }

    private static void fill(Mat picture, int x, int y, int width, int height, Scalar color) {
        try (Rect place = new Rect(x, y, width, height)) {
            opencv_imgproc.rectangle(picture, place, color, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
        }
    }

    @SuppressWarnings("unchecked")
    private List<Double> numbers(String expression) {
        return ((List<Number>) page.evaluate(expression))
                .stream().map(Number::doubleValue).toList();
    }

    /** Opens the program's page, then kills the program and starts it again on its port: the page must play both times. */
    private void playsAgain(String example, List<String> arguments, Runnable look) throws Exception {
        int port;
        try (Program program = Program.run(example, with(arguments, 0))) {
            port = program.address().getPort();
            start(program.address());
            plays();
            screens(example);
            look.run();
            if (is("'io' in window") && (LONG || example.equals("MetadataStream"))) { // the cheapest one is enough
                playByEveryTransport(program.address());
            }
            program.kill();
        }
        Await.until("the page says so", () -> status().contains("trying again"));
        assertThat(page.evaluate(
                        "getComputedStyle(document.querySelector('.dead img:not([hidden]), .dead video')).filter"))
                .isEqualTo("grayscale(1) brightness(0.75)");
        screens(example + "-away");
        if (!LONG && !STARTED_AGAIN.contains(example)) {
            return;
        }
        try (Program again = Program.run(example, with(arguments, port))) {
            again.address();
            plays();
            assertThat(page.locator(".dead").count()).isZero();
        }
    }

    /** Further pages beside the first, each held to one way of Socket.IO: all play, and by that way. */
    private void playByEveryTransport(URI address) {
        page.evaluate("window.stamped = false");
        Page first = page;
        TRANSPORTS.forEach((transports, name) -> {
            page = browser.page(640, 480);
            page.addInitScript(HOLD_TO.formatted(transports));
            start(address);
            plays();
            Await.until(
                    "on " + name + " by " + transports, () -> is("socket.io.engine.transport.name === '" + name + "'"));
            page.close();
        });
        page = first;
    }

    private static String[] with(List<String> arguments, int port) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--port", "" + port));
        return all.toArray(String[]::new);
    }

    /** Opens the page; where it has a button, the camera starts by it. */
    private void start(URI address) {
        page.navigate(address.toString());
        if (page.locator("#start").count() > 0) {
            page.locator("#start").click();
        }
    }

    /** New pictures come, different ones, and the page says so. */
    private void plays() {
        Await.until("the page says so, it said " + status(), () -> status().startsWith("live"));
        Object now = pixels();
        Await.until("another picture", () -> !now.equals(pixels()));
    }

    /** What the picture shows now, small. A screenshot waits for Chromium to paint, which it may not do for minutes. */
    private Object pixels() {
        return page.locator(PICTURE).evaluate("""
                (picture) => {
                    const canvas = new OffscreenCanvas(64, 48).getContext('2d');
                    canvas.drawImage(picture, 0, 0, 64, 48);
                    return canvas.getImageData(0, 0, 64, 48).data.join();
                }""");
    }

    /** Watches the answers for a while: each is of a picture just sent, the same in other form, and the next is newer. */
    @SuppressWarnings("unchecked")
    private List<Map<String, Number>> watched() {
        page.evaluate("window.stamped = true");
        Await.until("a numbered answer", () -> is("window.shown.at(-1)?.number > 0"));
        page.evaluate("window.shown.length = 0");
        page.waitForFunction(
                "(millis) => (window.until ??= performance.now() + millis) < performance.now()",
                (double) WATCHED.toMillis(),
                new Page.WaitForFunctionOptions().setTimeout(WATCHED.toMillis() * 2 + 10_000));
        Await.until("answers compared", () -> is("window.shown.filter((one) => one.error >= 0).length >= 3"));
        List<Map<String, Number>> all = (List<Map<String, Number>>) page.evaluate("window.shown");
        assertThat(all)
                .extracting(one -> one.get("number").intValue())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(all).allSatisfy(one -> {
            assertThat(one.get("number").intValue()).isPositive();
            // While it is painted the next one may have been sent already.
            assertThat(one.get("since").intValue()).isBetween(0, 1);
        });
        assertThat(all).filteredOn(one -> one.containsKey("error")).allSatisfy(one -> {
            assertThat(one.get("error").doubleValue())
                    .as("distance from what was sent")
                    .isLessThan(4);
            assertThat(one.get("contrast").intValue()).isGreaterThan(60);
        });
        int third = all.size() / 3;
        assertThat(age(all.subList(2 * third, all.size())))
                .as("round trip at the end, in ms")
                .isLessThan(3 * age(all.subList(0, third)) + 100);
        return all;
    }

    private static double age(List<Map<String, Number>> some) {
        return some.stream()
                .mapToDouble(one -> one.get("age").doubleValue())
                .sorted()
                .skip(some.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private String status() {
        return page.locator("#status").innerText();
    }

    private boolean is(String condition) {
        return Boolean.TRUE.equals(page.evaluate(condition));
    }

    private void screens(String example) {
        SCREENS.ifPresent(to -> {
            screen(Path.of(to, example + "-small.jpg"), 360);
            screen(Path.of(to, example + ".jpg"), 720);
        });
    }

    private void screen(Path file, int width) {
        page.setViewportSize(width, 740);
        page.locator("body")
                .screenshot(new Locator.ScreenshotOptions()
                        .setType(ScreenshotType.JPEG)
                        .setQuality(75)
                        .setPath(file));
    }
}
