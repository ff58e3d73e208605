package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How pictures come to a page where the better ways are barred, on a server that has no WebRTC. */
class WaysIT {
    private static final String PLAYER = "document.querySelector('sightline-player')";
    private static final String WHEP = "**/whep";
    private static final String WHIP = "**/whip?*";

    /** What is promised; beside other tests a page may wait that long for a processor alone. */
    private static final double SOON_MILLIS = Boolean.getBoolean("sightline.long") ? 3_000 : 6_000;

    /** Notes when the page asked for WebRTC, and each way that it went and whether the picture was covered. */
    private static final String WATCH = """
            window.ways = [];
            const ask = window.fetch;
            window.fetch = (...parameters) => {
              if (/\\/wh[ei]p/.test(parameters[0])) window.asked ??= performance.now();
              return ask(...parameters);
            };
            const note = ({ target: { statistics, telling } }) =>
              statistics && window.ways.push({ transport: statistics.transport, telling, at: performance.now() });
            document.addEventListener('situation', note, true);
            document.addEventListener('picture', note, true);
            """;

    private static Browser browser;
    private final List<String> asked = new CopyOnWriteArrayList<>();
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
        site = new Site().with("cam").withPublished("me", PipelineRecipe.of(List.of()));
        page = browser.page(800, 700);
        page.addInitScript(WATCH);
        page.onRequest(this::note);
    }

    private void note(Request request) {
        asked.add(request.url());
    }

    @AfterEach
    void closeServer() {
        page.close();
        site.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void player_serverWithoutWebRtc_playsByWebSocketAndSaysWhy() {
        page.navigate(site.address("/live/cam"));
        playsBy("WebSocket");

        assertThat(fallback()).isEqualTo("WebRTC: this server does not offer it");
        Await.until("it says so", () -> page.locator("#way").textContent().equals("WebSocket"));
        assertThat(page.locator("#way").getAttribute("title")).contains("this server does not offer it");
        page.locator("#way").click();
        Await.until("details", () -> page.locator("#details").innerText().contains("this server does not offer it"));
    }

    @Test
    void player_offerThatIsNeverAnswered_playsByWebSocketWithinThreeSeconds() {
        page.route(WHEP, route -> {});
        page.navigate(site.address("/live/cam"));
        playsBy("WebSocket");

        Await.until("it says why", () -> fallback().equals("WebRTC: the server has not answered the offer"));
        Object millis =
                page.evaluate("window.ways.find(({ transport }) => transport === 'WebSocket').at - window.asked");
        assertThat(((Number) millis).doubleValue()).isLessThan(SOON_MILLIS);
    }

    @Test
    void player_webSocketsBarredToo_playsAsMjpegWithEachPicturesIdentity() {
        page.routeWebSocket("**/ws*", socket -> socket.close());
        page.navigate(site.address("/live/cam"));
        playsBy("MJPEG");

        assertThat(fallback())
                .isEqualTo("WebRTC: this server does not offer it; "
                        + "WebSocket: nothing gets through, though the server answers");
        assertThat(is(PLAYER + ".statistics.width === 320 && " + PLAYER + ".header.metadata !== undefined"))
                .isTrue();
        Await.until("an age", () -> is(PLAYER + ".statistics.age > 0 && " + PLAYER + ".statistics.age < 1000"));
        assertThat(page.locator("#word").textContent()).isEqualTo("live");
    }

    @Test
    void player_betterWayFreeAgain_isTakenWithoutAGap() {
        AtomicBoolean barred = new AtomicBoolean(true);
        page.routeWebSocket("**/ws*", socket -> {
            if (barred.get()) {
                socket.close();
            } else {
                socket.connectToServer();
            }
        });
        page.navigate(site.address("/live/cam?transport=websocket,mjpeg"));
        playsBy("MJPEG");

        barred.set(false);
        page.evaluate("window.ways.length = 0; dispatchEvent(new Event('online'))");
        playsBy("WebSocket");
        assertThat(fallback()).isEmpty();
        assertThat(is("window.ways.every(({ telling }) => !telling)")).isTrue();
        Await.until("one viewer", () -> site.viewers().get(0) == 1);
    }

    @Test
    void player_serverKilledAndStartedWhileAWayIsBarred_staysWithTheWayThatPlayed() throws IOException {
        page.navigate(site.address("/live/cam"));
        playsBy("WebSocket");

        site.close();
        Await.until("says so", () -> page.locator("#word").textContent().equals("reconnecting…"));
        site.start();
        page.evaluate("window.ways.length = 0");
        playsBy("WebSocket");
        assertThat(is("window.ways.every(({ transport }) => transport === 'WebSocket')"))
                .isTrue();
    }

    @Test
    void player_restrictedToMjpeg_asksForNothingElse() {
        page.navigate(site.address("/live/cam?transport=mjpeg"));
        playsBy("MJPEG");

        assertThat(fallback()).isEmpty();
        assertThat(asked).noneMatch(url -> url.endsWith("/whep") || url.endsWith("/metadata"));
    }

    @Test
    void player_unknownStreamByMjpeg_saysSo() {
        page.navigate(site.address("/live/camm?transport=mjpeg"));

        Await.until("says so", () -> page.locator("#unknown").isVisible());
        Await.until(
                "nearest",
                () -> page.locator("#nearest a").first().textContent().equals("cam"));
    }

    @Test
    void dashboard_tiles_comeByWebSocketAlone() {
        page.navigate(site.address("/"));
        playsBy("WebSocket");

        assertThat(asked).noneMatch(url -> url.endsWith("/whep"));
        assertThat(fallback()).isEmpty();
    }

    @Test
    void publish_serverWithoutWebRtc_sendsPicturesAndSaysWhy() {
        page.navigate(site.address("/publish/me"));
        page.locator("#start").click();
        Await.until("live", () -> page.locator("#word").textContent().equals("live"));

        Await.until("why", () -> page.locator("#line").textContent().contains("this server does not offer it"));
        assertThat(page.locator("#line").textContent()).startsWith("Pictures (JPEG), ");
        assertThat(page.locator("#result").isVisible()).isTrue();
        assertThat(page.locator("#quality").isVisible()).isTrue();
    }

    @Test
    void publish_offerThatIsNeverAnswered_sendsPictures() {
        page.route(WHIP, route -> {});
        page.navigate(site.address("/publish/me"));
        page.locator("#start").click();
        Await.until("why", () -> page.locator("#line").textContent().contains("has not answered the offer"));

        assertThat(page.locator("#word").textContent()).isEqualTo("live");
    }

    @Test
    void publish_videoAloneWanted_saysThatItIsBarred() {
        page.route(WHIP, Route::abort);
        page.navigate(site.address("/publish/me"));
        page.locator("#how").selectOption("video");
        page.locator("#start").click();

        Await.until("says so", () -> page.locator("#word").textContent().equals("blocked"));
        assertThat(page.locator("#story").textContent()).contains("nothing gets through");
        assertThat(page.locator("#quality").isVisible()).isFalse();
    }

    @Test
    void identities_pictureBeforeAndAfterWhatIsSaidOfIt_areMatchedInOrderAndNoneTwice() {
        page.navigate(site.address("/"));
        Object matched = page.evaluate("""
                async () => {
                  const { Identities } = await import('/assets/player/identities.js');
                  const matched = [];
                  const identities = new Identities(({ seq }, { at }) => matched.push(`${seq}@${at}`));
                  const say = (seq) => identities.add({ seq, rtpTimestamp: 90 * seq });
                  const show = (seq, at) => identities.shown({ rtpTimestamp: 90 * seq, at });
                  say(1); say(2); show(1, 10); show(2, 20);
                  show(3, 30); show(4, 40); say(4); say(3);
                  show(6, 60); say(6); show(6, 61); say(7); show(7, 70);
                  show(7 + 1 / 90, 71); show(7 + 2 / 90, 72); say(8); show(8 + 1 / 90, 80); say(9);
                  for (let i = 0; i < 20; i++) show(100 + i, 1000);
                  identities.shown({ rtpTimestamp: undefined, at: 2000 });
                  return [...matched, identities.unnamed];
                }""");
        assertThat(matched).isEqualTo(List.of("1@10", "2@20", "4@40", "6@60", "7@70", "8@80", "9@2000", 14));
    }

    private void playsBy(String transport) {
        Await.until(
                "plays by " + transport,
                () -> is("window.ways.some((way) => way.transport === '" + transport + "' && !way.telling)"));
    }

    private String fallback() {
        return (String) page.evaluate(PLAYER + ".statistics.fallback");
    }

    private boolean is(String expression) {
        return Boolean.TRUE.equals(page.evaluate(expression));
    }
}
