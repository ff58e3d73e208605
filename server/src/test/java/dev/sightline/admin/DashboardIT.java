package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.PatternNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser. */
class DashboardIT {
    private static final SourceSchemes SCHEMES = new SourceSchemes(List.of(new PatternScheme()));
    private static final String PLAYER = "document.querySelector('sightline-player')";
    private static final String PLAYERS = "[...document.querySelectorAll('sightline-player')]";

    private static Browser browser;
    private Site site;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void startServer() throws IOException {
        site = new Site();
    }

    @AfterEach
    void closeServer() {
        site.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void dashboard_twelveStreams_allPlayAndTheApiAnswers() {
        for (int i = 1; i <= 12; i++) {
            site.with("cam" + i, SCHEMES.source("pattern:320x240@10", SourceOptions.DEFAULTS));
        }
        Page page = browser.page(1280, 1000);
        page.navigate(site.address("/"));

        Await.until("12 tiles play", () -> is(page, PLAYERS + ".filter(player => player.seq > 10).length === 12"));
        assertThat(page.evaluate("fetch('api/streams').then(answer => answer.json()).then(list => list.length)"))
                .isEqualTo(12);
        assertThat(page.locator("#summary").textContent()).isEqualTo("12 streams · 12 live");
        Await.until(
                "captions", () -> page.locator(".figures").first().textContent().endsWith("fps · 1 viewer"));
        assertThat(page.locator(".figures").first().textContent()).startsWith("320 × 240 · ");
        page.close();
    }

    @Test
    void dashboard_noStreams_saysWhatToDo_andShowsThoseThatCome() {
        Page page = browser.page(360, 740);
        page.navigate(site.address("/"));

        Await.until("advice", () -> page.locator("#empty").isVisible());
        site.with("late");

        Await.until("tile", () -> is(page, PLAYER + "?.seq > 0"));
        assertThat(page.locator("#empty").isVisible()).isFalse();
        page.close();
    }

    @Test
    void dashboard_tileOutOfSight_isNotFetched() {
        for (int i = 1; i <= 20; i++) {
            site.with("cam" + i, SCHEMES.source("pattern:320x240@5", SourceOptions.DEFAULTS));
        }
        Page page = browser.page(360, 500);
        page.navigate(site.address("/"));

        Await.until("the first plays", () -> is(page, PLAYER + "?.seq > 0"));
        assertThat(site.viewers().get(19)).isZero();
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)");

        Await.until(
                "the last plays, the first rests",
                () -> site.viewers().get(19) == 1 && site.viewers().get(0) == 0);
        page.close();
    }

    @Test
    void live_hiddenTab_isNotFetchedUntilItIsShown() {
        site.with("cam");
        Page page = browser.page(800, 600);
        page.navigate(site.address("/live/cam"));
        Await.until("plays", () -> is(page, PLAYER + ".seq > 0"));

        hide(page, true);
        Await.until("nobody watches", () -> site.viewers().get(0) == 0);
        Object seq = page.evaluate(PLAYER + ".seq");
        hide(page, false);

        Await.until("plays again", () -> is(page, PLAYER + ".seq > " + seq));
        page.close();
    }

    @Test
    void live_pictures_comeInOrderAndAreWhatTheyAreSaidToBe() throws IOException {
        site.with("cam");
        Page page = browser.page(800, 600);
        page.navigate(site.address("/live/cam"));
        page.evaluate("() => {" + script() + " window.shown = []; const player = " + PLAYER + ";"
                + " player.addEventListener('picture', () => {"
                + "  const { width, height } = player.canvas, context = player.canvas.getContext('2d');"
                + "  window.shown.push([Number(player.canvas.dataset.seq),"
                + "    readPatternNumber(context.getImageData(0, 0, width, height))]);"
                + " }); }");
        Await.until("40 pictures", () -> is(page, "window.shown.length >= 40"));

        Object shown = page.evaluate("window.shown");
        List<Integer> said = column(shown, 0);
        assertThat(column(shown, 1)).isEqualTo(said);
        assertThat(said).isSorted().doesNotHaveDuplicates();
        page.close();
    }

    @Test
    void live_clockOfTheViewerAnHourAhead_ageIsTrueNevertheless() {
        site.with("cam");
        Page page = browser.page(800, 600);
        page.addInitScript("const begin = performance.timeOrigin + 3_600_000;"
                + " Object.defineProperty(performance, 'timeOrigin', { get: () => begin });");
        page.navigate(site.address("/live/cam"));

        Await.until("clocks compared", () -> is(page, PLAYER + ".statistics.ageUncertainty < 1000"));
        Await.until("shown with that", () -> is(page, "Math.abs(" + PLAYER + ".statistics.age) < 10000"));
        assertThat(page.locator("#age").textContent()).matches("(\\d+ m?s|– ms) old");
        page.close();
    }

    @Test
    void live_serverAway_saysSoAndPlaysAgain() throws IOException {
        site.with("cam");
        Page page = browser.page(800, 600);
        page.navigate(site.address("/live/cam"));
        Await.until("plays", () -> word(page).equals("live"));

        site.close();
        Await.until("says so", () -> word(page).equals("reconnecting…"));
        assertThat(is(page, PLAYER + ".canvas.classList.contains('old')")).isTrue();
        site.start();

        Await.until("plays again", () -> word(page).equals("live") && is(page, "!" + PLAYER + ".telling"));
        page.close();
    }

    @Test
    void live_unknownName_saysSoWithTheNearest() {
        site.with("front-door");
        Page page = browser.page(360, 740);
        page.navigate(site.address("/live/frontdoor"));

        Await.until("says so", () -> page.locator("#unknown").isVisible());
        assertThat(page.locator("#unknown h2").textContent()).isEqualTo("There is no stream “frontdoor”");
        Await.until("nearest", () -> page.locator("#nearest a").count() == 2);
        page.locator("#nearest a").first().click();
        Await.until("plays that", () -> is(page, PLAYER + "?.seq > 0"));
        assertThat(page.url()).isEqualTo(site.address("/live/front-door"));
        page.close();
    }

    @Test
    void pages_markupInWhatASourceSays_isText() {
        String markup = "<img src=x onerror='window.harmed=true'>";
        site.with("cam", new BrokenSource(markup));
        Page page = browser.page(800, 600);
        for (String path : List.of("/live/cam", "/")) {
            page.navigate(site.address(path));
            Await.until(
                    "reason shown",
                    () -> is(page, PLAYER + "?.shadowRoot.textContent.includes(" + quoted(markup) + ")"));
            if (path.startsWith("/live")) {
                page.keyboard().press("i");
                Await.until(
                        "source shown",
                        () -> page.locator("#details").innerText().contains("broken:" + markup));
            }
            assertThat(page.locator("img[src=x]").count()).isZero();
            assertThat(is(page, "window.harmed === undefined")).isTrue();
        }
        page.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live/cam"})
    void pages_pictureChangesItsSize_nothingMoves(String path) {
        site.with("cam", new TurningSource());
        Page page = browser.page(360, 740);
        page.navigate(site.address(path));
        Await.until("plays", () -> is(page, PLAYER + "?.seq > 0"));

        String before = box(page);
        for (boolean lying : List.of(true, false, true)) {
            Await.until("turned", () -> is(page, "%1$s.canvas.width > %1$s.canvas.height".formatted(PLAYER)) == lying);
            assertThat(box(page)).isEqualTo(before);
        }
        page.close();
    }

    @Test
    void painter_olderPictureAfterANewer_isNeverPainted() {
        Page page = browser.page(800, 600);
        page.navigate(site.address("/"));
        Object painted = page.evaluate("async () => {"
                + " const { Painter } = await import('/assets/player/painter.js');"
                + " const canvas = document.createElement('canvas'), painted = [];"
                + " const painter = new Painter(canvas, header => painted.push(header.seq));"
                + " const jpeg = await new Promise(done => canvas.toBlob(done, 'image/jpeg'));"
                + " const frames = async n => { while (n--) await new Promise(requestAnimationFrame); };"
                + " for (const seq of [2, 1, 3]) { painter.offer({ seq }, jpeg); await frames(20); }"
                + " painter.startOver(); painter.offer({ seq: 1 }, jpeg); await frames(20);"
                + " return painted; }");
        assertThat(painted).isEqualTo(List.of(2, 3, 1));
        page.close();
    }

    /** Whether it is so; not, where what is asked about is not there yet. */
    private static boolean is(Page page, String expression) {
        return Boolean.TRUE.equals(page.evaluate(expression));
    }

    private static String box(Page page) {
        BoundingBox box = page.locator("sightline-player").boundingBox();
        return "%.1f %.1f %.1f %.1f".formatted(box.x, box.y, box.width, box.height);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String word(Page page) {
        return page.locator("#word").textContent();
    }

    /** Headless Chromium never hides a tab by itself: tells the page what a browser tells it then. */
    private static void hide(Page page, boolean hidden) {
        page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, value: " + hidden + " });"
                + " document.dispatchEvent(new Event('visibilitychange'));");
    }

    private static List<Integer> column(Object rows, int index) {
        return ((List<?>) rows)
                .stream().map(row -> (Integer) ((List<?>) row).get(index)).toList();
    }

    private static String script() throws IOException {
        try (InputStream script = PatternNumber.class.getResourceAsStream("pattern-number.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ten pictures lying, ten standing, and so on. */
    private record TurningSource() implements Source {
        @Override
        public String address() {
            return "turning:";
        }

        @Override
        public Optional<String> absence() {
            return Optional.empty();
        }

        @Override
        public SourceReader open(Numbering numbering) {
            return new SourceReader() {
                @Override
                public Optional<Picture> read() {
                    LockSupport.parkNanos(50_000_000);
                    long seq = numbering.next();
                    boolean lying = seq / 10 % 2 == 0;
                    Mat picture = new Mat(lying ? 240 : 320, lying ? 320 : 240, opencv_core.CV_8UC3);
                    return Optional.of(new Frame(seq, numbering.clock().nanos(), picture));
                }

                @Override
                public void close() {}
            };
        }
    }
}
