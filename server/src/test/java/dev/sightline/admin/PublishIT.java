package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Shorthand;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that send a camera, in a real browser with a false one. */
class PublishIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    /** Pictures that are looked at, at least. */
    private static final int PICTURES = LONG ? 1_200 : 40;

    /** A busy machine takes longer, and still nothing may pile up. */
    private static final double LATE_MILLIS = LONG ? 250 : 500;

    private static final Duration AGAIN_AFTER_RESTART = Duration.ofSeconds(LONG ? 3 : 10);

    private static final PipelineRecipe NOTHING = PipelineRecipe.of(List.of());
    private static final PipelineRecipe GRAY = PipelineRecipe.of(processors("grayscale"));

    private static Browser browser;
    private Site site;
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
    void startServer() throws IOException {
        site = new Site();
        page = watched(browser.page(640, 480)); // a larger one takes more of a processor to paint
    }

    @AfterEach
    void closeServer() {
        page.close();
        site.close();
        assertThat(browser.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"published", "mirrored"})
    void publish_throughGrayscale_whatComesBackIsTheSentPictureInGrayAndNoneIsOld(String name) {
        site.withPublished("published", GRAY).withMirror("mirrored", GRAY);
        start(name);
        Await.until("pictures", Duration.ofSeconds(90), () -> is("window.shown.length >= " + PICTURES));

        List<Map<String, Number>> shown = shown();
        assertThat(shown)
                .extracting(picture -> picture.get("from").longValue())
                .isSorted()
                .doesNotHaveDuplicates();
        List<Double> ages = shown.stream()
                .map(picture -> picture.get("age").doubleValue())
                .sorted()
                .toList();
        assertThat(ages.get(ages.size() / 2)).as("age in ms, median").isLessThan(LATE_MILLIS);
        List<Map<String, Number>> compared =
                shown.stream().filter(picture -> picture.containsKey("error")).toList();
        assertThat(compared).hasSizeGreaterThan(PICTURES / 20).allSatisfy(picture -> {
            assertThat(picture.get("color").intValue()).as("distance from gray").isLessThanOrEqualTo(2);
            assertThat(picture.get("contrast").intValue()).isGreaterThan(60);
            assertThat(picture.get("error").doubleValue())
                    .as("distance from what was sent")
                    .isLessThan(4);
        });
        assertThat(text("#round-trip")).matches("\\d+ ms");
        assertThat(text("#sent")).matches("\\d+ fps");
        assertThat(text("#returned")).matches("\\d+ fps");
        assertThat(text("#dropped")).matches("\\d+");
    }

    @Test
    void publish_beforeAClick_cameraIsNotOpened() {
        page.addInitScript("window.asked = 0; const open = navigator.mediaDevices.getUserMedia;"
                + " navigator.mediaDevices.getUserMedia = function (wish) {"
                + " window.asked++; return open.call(this, wish); };");
        site.withPublished("me", NOTHING);
        page.navigate(site.address("/publish/me"));
        Await.until("ready", () -> page.locator("#start").isEnabled());

        assertThat(page.evaluate("window.asked")).isEqualTo(0);
        page.locator("#start").click();
        Await.until("live", () -> text("#word").equals("live"));
        assertThat(page.evaluate("window.asked")).isEqualTo(1);
    }

    @Test
    void publish_processorChosen_isApplied() {
        site.withMirror("me", NOTHING.withChoices(processors("grayscale,edges")));
        start("me");
        Await.until("in color", () -> is("window.shown.some(({ color }) => color > 60)"));
        assertThat(page.locator("#processors label").allInnerTexts()).containsExactly("grayscale", "edges");

        page.locator("#processors input").first().check();
        Await.until(
                "in gray",
                () -> is("window.shown.at(-1).color <= 2 || window.shown.slice(-10).some(one => one.color <= 2)"));
        assertThat(is("window.sockets === 2")).isTrue();
    }

    @Test
    void publish_browserWhoseWorkersCannotReadTheCamera_sendsToo() {
        page.addInitScript("delete window.MediaStreamTrackProcessor");
        site.withMirror("me", GRAY);
        start("me");
        Await.until("gray", () -> is("window.shown.some(({ color, error }) => color <= 2 && error < 4)"));
        assertThat(is("window.sentCount > 3")).isTrue();
    }

    @Test
    void publish_nothingToChoose_noChoiceIsShown() {
        site.withPublished("me", NOTHING);
        start("me");
        assertThat(page.locator("#processors").isVisible()).isFalse();
    }

    @Test
    void publish_slowPipeline_atMostTwoPicturesAreOnTheirWay() {
        FrameProcessor slow = frame -> LockSupport.parkNanos(150_000_000);
        site.withMirror("slow", PipelineRecipe.of(List.of(new NamedProcessor("slow", () -> slow))));
        start("slow");
        Await.until("answers", () -> is("window.shown.length > 12"));

        assertThat(((Number) page.evaluate("window.mostUnanswered")).intValue()).isLessThanOrEqualTo(2);
        Await.until("counted", () -> !text("#dropped").matches("[–0]"));
    }

    @Test
    void publish_secondPublisher_isToldThatTheNameIsTakenAndTriesAgainOnAClick() {
        site.withPublished("me", NOTHING);
        start("me");
        Page second = watched(browser.page(360, 740));
        second.navigate(site.address("/publish/me"));
        second.locator("#start").click();

        Await.until("refusal", () -> second.locator("#trouble").isVisible());
        assertThat(second.locator("#trouble").innerText()).contains("“me” is taken", "Press Start");
        assertThat(second.locator("#start").textContent()).isEqualTo("Start");
        page.locator("#start").click();
        Await.until("stopped", () -> text("#word").equals("not sending"));
        assertThat(second.evaluate("window.sockets")).isEqualTo(1);
        second.locator("#start").click();
        Await.until("live", () -> second.locator("#word").textContent().equals("live"));
        second.close();
    }

    @Test
    void publish_serverKilledAndStarted_playsAgainByItself() throws IOException {
        site.withPublished("me", GRAY);
        start("me");

        site.close();
        Await.until("says so", () -> text("#word").equals("reconnecting…"));
        site.start();
        int before = shown().size();
        Await.until(
                "plays again",
                AGAIN_AFTER_RESTART,
                () -> text("#word").equals("live") && is("window.shown.length > " + (before + 3)));
    }

    @Test
    void publish_hiddenTab_goesOnSendingAndPaintsNothing() {
        site.withPublished("me", NOTHING);
        start("me");

        hide(true);
        long frames = site.frames("me");
        Object painted = page.evaluate("new Promise(done => setTimeout(() => done(window.shown.length), 300))");
        Await.until("goes on", () -> site.frames("me") > frames + 10);
        assertThat(page.evaluate("window.shown.length")).isEqualTo(painted);
        hide(false);
        Await.until("paints", () -> is("window.shown.length > " + painted));
    }

    @Test
    void publish_shareLink_leadsToThePicture() {
        site.withPublished("me", NOTHING).withMirror("mine", NOTHING);
        start("me");
        String link = page.locator("#link").inputValue();
        Page viewer = browser.page(640, 480);
        viewer.navigate(link);
        Await.until(
                "watched",
                () -> Boolean.TRUE.equals(viewer.evaluate("document.querySelector('sightline-player').seq > 0")));
        viewer.close();

        page.navigate(site.address("/publish/mine"));
        Await.until("private", () -> page.locator("#private").isVisible());
        assertThat(page.locator("#share").isVisible()).isFalse();
    }

    @Test
    void publish_cameraRefused_saysWhatToDo() {
        site.withPublished("me", NOTHING);
        try (Browser refusing = Browser.startRefusing()) {
            Page refused = refusing.page(360, 740);
            refused.navigate(site.address("/publish/me"));
            refused.locator("#start").click();
            Await.until("explained", () -> refused.locator("#trouble").isVisible());
            assertThat(refused.locator("#trouble").innerText()).contains("The camera was refused", "allow the camera");
            assertThat(refused.locator("#start").textContent()).isEqualTo("Start");
            assertThat(fits(refused)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NotFoundError, No camera was found, Plug one in",
        "NotReadableError, The camera is in use, Close the other one",
        "OverconstrainedError, That camera is gone, Choose another",
        "TypeError, The camera does not open, Try another camera"
    })
    void publish_cameraFails_saysWhatToDo(String error, String what, String advice) {
        page.addInitScript("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('why', '" + error
                + "'); };");
        site.withPublished("me", NOTHING);
        page.navigate(site.address("/publish/me"));
        page.locator("#start").click();
        Await.until("explained", () -> page.locator("#trouble").isVisible());
        assertThat(text("#trouble")).contains(what).contains(advice);
        assertThat(text("#word")).isEqualTo("not sending");
    }

    @Test
    void publish_insecureOrigin_saysWhatToDoWithoutAClick() {
        site.withPublished("me", NOTHING);
        page.navigate(site.lanAddress("/publish/me"));
        Await.until("explained", () -> page.locator("#trouble").isVisible());
        assertThat(text("#trouble")).contains("--tls auto");
        assertThat(page.locator("#trouble a").first().getAttribute("href"))
                .isEqualTo(site.lanAddress("/publish/me").replace("http:", "https:"));
        assertThat(page.locator("#start").isVisible()).isFalse();
    }

    @Test
    void publish_unknownOrOrdinaryName_saysWhereElseToGo() {
        site.withPublished("webcam", NOTHING).with("pattern");
        page.navigate(site.address("/publish/webcm"));
        Await.until("unknown", () -> text("#trouble").contains("There is no stream “webcm”"));
        assertThat(page.locator("#others a").first().getAttribute("href")).endsWith("/publish/webcam");
        page.navigate(site.address("/publish/pattern"));
        Await.until("ordinary", () -> text("#trouble").contains("has a source of its own"));
        assertThat(page.locator("#others a").first().getAttribute("href")).endsWith("/live/pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/publish", "/publish/me", "/publish/mine", "/publish/none", "/live/mine", "/"})
    void pages_onAPhone_nothingIsCutOff(String path) {
        PipelineRecipe choices = NOTHING.withChoices(processors("grayscale,edges,faces,clock,motion,pixelate-faces"));
        site.withPublished("me", choices).withMirror("mine", choices);
        page.setViewportSize(360, 740);
        page.navigate(site.address(path));
        Await.until("filled", () -> is("document.body.innerText.length > 40"));
        assertThat(fits(page)).isTrue();
        if (path.matches("/publish/m.*")) {
            page.locator("#start").click();
            Await.until("live", () -> text("#word").equals("live"));
            assertThat(fits(page)).isTrue();
        }
    }

    @Test
    void publishers_list_showsWhereACameraCanBeSent() {
        site.with("pattern").withPublished("me", NOTHING).withMirror("mine", NOTHING);
        start("me");
        Page list = browser.page(800, 600);
        list.navigate(site.address("/publish"));
        Await.until("listed", () -> list.locator("#choice a").count() == 2);
        assertThat(list.locator("#choice a").first().innerText()).contains("me", "taken");
        assertThat(list.locator("#choice a").last().innerText()).contains("mine", "private");
        list.locator("#choice a").last().click();
        Await.until("opened", () -> list.url().endsWith("/publish/mine"));
        list.close();
    }

    @Test
    void dashboard_streamsThatBrowsersFeed_inviteToSend() {
        site.withPublished("me", NOTHING).withMirror("mine", NOTHING);
        page.navigate(site.address("/"));
        Await.until("invites", () -> page.locator(".invitation:visible").count() == 2);
        assertThat(page.locator(".tile").first().innerText()).contains("nobody is sending");
        assertThat(page.locator(".tile").first().getAttribute("href")).isEqualTo("publish/me");
        assertThat(page.locator(".tile").last().getAttribute("href")).isEqualTo("publish/mine");

        Page sender = watched(browser.page(640, 480));
        sender.navigate(site.address("/publish/me"));
        sender.locator("#start").click();
        Await.until("plays", () -> is("document.querySelector('sightline-player').seq > 0"));
        assertThat(page.locator(".tile").first().getAttribute("href")).isEqualTo("live/me");
        sender.close();
    }

    @Test
    void live_ofAMirror_explainsAndLeadsToThePageThatSends() {
        site.withMirror("mine", NOTHING);
        page.navigate(site.address("/live/mine"));
        Await.until("explained", () -> page.locator("#unknown").isVisible());
        assertThat(text("#unknown")).contains("every sender");
        assertThat(page.locator("#nearest a").first().getAttribute("href")).endsWith("/publish/mine");
    }

    /** Opens the page of a stream, starts, and waits until it plays. */
    private void start(String name) {
        page.navigate(site.address("/publish/" + name));
        page.locator("#start").click();
        Await.until("live", () -> text("#word").equals("live") && is("window.shown.length > 3"));
    }

    private String text(String selector) {
        return page.locator(selector).textContent();
    }

    private boolean is(String expression) {
        return Boolean.TRUE.equals(page.evaluate(expression));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Number>> shown() {
        return (List<Map<String, Number>>) page.evaluate("window.shown");
    }

    /** Headless Chromium never hides a tab by itself: tells the page what a browser tells it then. */
    private void hide(boolean hidden) {
        page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, value: " + hidden + " });"
                + " document.dispatchEvent(new Event('visibilitychange'));");
    }

    private static boolean fits(Page page) {
        return Boolean.TRUE.equals(page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static Page watched(Page page) {
        try (InputStream script = PublishIT.class.getResourceAsStream("publish-watch.js")) {
            page.addInitScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            return page;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<NamedProcessor> processors(String text) {
        Problems problems = new Problems();
        return ProcessorCatalog.builtIn().resolve(Shorthand.read(text, new Place("test", 1, 1), problems), problems);
    }
}
