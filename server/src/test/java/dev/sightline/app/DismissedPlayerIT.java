package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A player whose viewer the operator disconnects says so, whatever it plays by, and comes back only when it is asked to. */
class DismissedPlayerIT {
    private static final String PLAYER = "document.querySelector('sightline-player')";

    private static Browser browser;

    @TempDir
    private Path folder;

    private LiveServer server;
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
    void start() throws IOException {
        server = LiveServer.start(
                folder, "http: {port: 0}\nwebrtc: {port: 0}\nstreams: {cam: {source: 'pattern:320x240@30'}}\n");
        page = browser.page(800, 700);
    }

    @AfterEach
    void stop() {
        page.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webrtc", "websocket", "mjpeg"})
    void viewer_isDisconnected_theWordsStay_untilSomebodyWatchesAgain(String transport) {
        page.navigate(server.address().resolve("/live/cam").toString());
        page.evaluate(PLAYER + ".setAttribute('transport', '" + transport + "')");
        Await.until("it plays", () -> !telling() && viewer(transport).isPresent());
        assertThat(server.api()
                        .send(
                                "DELETE",
                                "/api/streams/cam/viewers/" + viewer(transport).orElseThrow(),
                                "",
                                Map.of())
                        .statusCode())
                .isEqualTo(204);

        Await.until("it says so", () -> said().equals("disconnected: disconnected by the operator"));
        assertThat(page.locator("sightline-player .message").innerText()).contains("disconnected by the operator");
        page.waitForTimeout(1_500); // longer than any pause after a lost connection
        assertThat(viewer(transport)).isEmpty();
        assertThat(telling()).isTrue();

        page.locator("sightline-player button").click();
        Await.until("it plays again", () -> !telling() && viewer(transport).isPresent());
        assertThat(page.locator("sightline-player button").isVisible()).isFalse();
    }

    private Optional<String> viewer(String transport) {
        return server.api()
                .json("/api/streams/cam/viewers")
                .valueStream()
                .filter(viewer -> viewer.path("transport").asString().equals(transport))
                .map(viewer -> viewer.path("id").asString())
                .findFirst();
    }

    private boolean telling() {
        return Boolean.TRUE.equals(page.evaluate(PLAYER + ".telling"));
    }

    private String said() {
        return String.valueOf(page.evaluate("(({ word, text }) => word + ': ' + text)(" + PLAYER + ".situation)"));
    }
}
