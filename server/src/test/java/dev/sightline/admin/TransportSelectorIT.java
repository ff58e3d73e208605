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

/** How pictures come to a page where the better transports are blocked, on a server that has no WebRTC. */
class TransportSelectorIT {
    private static final String PLAYER = "document.querySelector('sightline-player')";
    private static final String WHEP = "**/whep*";
    private static final String WHIP = "**/whip?*";

    /** What is promised; beside other tests a page may wait that long for a processor alone. */
    private static final double SOON_MILLIS = Boolean.getBoolean("sightline.long") ? 3_000 : 6_000;

    /** Notes when the page asked for WebRTC, and each transport that it used and whether the picture was covered. */
    private static final String WATCH = """
            window.transports = [];
            const ask = window.fetch;
            window.fetch = (...parameters) => {
              if (/\\/wh[ei]p/.test(parameters[0])) window.asked ??= performance.now();
              return ask(...parameters);
            };
            const note = ({ target: { statistics, telling } }) =>
              statistics && window.transports.push({ transport: statistics.transport, telling, at: performance.now() });
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
                page.evaluate("window.transports.find(({ transport }) => transport === 'WebSocket').at - window.asked");
        assertThat(((Number) millis).doubleValue()).isLessThan(SOON_MILLIS);
    }

    @Test
    void player_webSocketsBlockedToo_playsAsMjpegWithEachPicturesIdentity() {
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
    void player_betterTransportFreeAgain_isTakenWithoutAGap() {
        AtomicBoolean blocked = new AtomicBoolean(true);
        page.routeWebSocket("**/ws*", socket -> {
            if (blocked.get()) {
                socket.close();
            } else {
                socket.connectToServer();
            }
        });
        page.navigate(site.address("/live/cam?transport=websocket,mjpeg"));
        playsBy("MJPEG");

        blocked.set(false);
        page.evaluate("window.transports.length = 0; dispatchEvent(new Event('online'))");
        playsBy("WebSocket");
        assertThat(fallback()).isEmpty();
        assertThat(is("window.transports.every(({ telling }) => !telling)")).isTrue();
        Await.until("one viewer", () -> site.viewers().get(0) == 1);
    }

    @Test
    void player_serverKilledAndStartedWhileATransportIsBlocked_staysWithTheOneThatPlayed() throws IOException {
        page.navigate(site.address("/live/cam"));
        playsBy("WebSocket");

        site.close();
        Await.until("says so", () -> page.locator("#word").textContent().equals("reconnecting…"));
        site.start();
        page.evaluate("window.transports.length = 0");
        playsBy("WebSocket");
        assertThat(is("window.transports.every(({ transport }) => transport === 'WebSocket')"))
                .isTrue();
    }

    @Test
    void player_restrictedToMjpeg_asksForNothingElse() {
        page.navigate(site.address("/live/cam?transport=mjpeg"));
        playsBy("MJPEG");

        assertThat(fallback()).isEmpty();
        assertThat(asked).noneMatch(url -> url.contains("/whep") || url.endsWith("/metadata"));
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
    void dashboard_tiles_comeByWebSocketOnly() {
        page.navigate(site.address("/"));
        playsBy("WebSocket");

        assertThat(asked).noneMatch(url -> url.contains("/whep"));
        assertThat(fallback()).isEmpty();
    }

    @Test
    void publish_serverWithoutWebRtc_sendsPicturesAndSaysWhy() {
        page.navigate(site.address("/publish/me"));
        page.locator("#start").click();
        Await.until("live", () -> page.locator("#word").textContent().equals("live"));

        Await.until("why", () -> page.locator("#line").textContent().contains("this server does not offer it"));
        assertThat(page.locator("#line").textContent()).startsWith("Pictures (JPEG), ");
        Await.until("the result", () -> page.locator("#result").isVisible());
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
    void publish_onlyVideoWanted_saysThatItIsBlocked() {
        page.route(WHIP, Route::abort);
        page.navigate(site.address("/publish/me"));
        page.locator("#how").selectOption("video");
        page.locator("#start").click();

        Await.until("says so", () -> page.locator("#word").textContent().equals("blocked"));
        assertThat(page.locator("#story").textContent()).contains("nothing gets through");
        assertThat(page.locator("#quality").isVisible()).isFalse();
    }

    private void playsBy(String transport) {
        Await.until(
                "plays by " + transport,
                () -> is("window.transports.some((used) => used.transport === '" + transport + "' && !used.telling)"));
    }

    private String fallback() {
        return (String) page.evaluate(PLAYER + ".statistics.fallback");
    }

    private boolean is(String expression) {
        return Boolean.TRUE.equals(page.evaluate(expression));
    }
}
