package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.PublisherStatus;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chromium sends by WHIP, and an operator disconnects it. */
class DisconnectedPublisherIT {
    private final StreamRegistry registry = new StreamRegistry();
    private LiveStream stream;
    private WebRtcTransport webRtc;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        stream = registry.startPublished("me", PipelineRecipe.of(List.of()));
        webRtc = WebRtcTransport.open(registry, WebRtcSettings.DEFAULTS.withPort(0), "127.0.0.1");
        Routes routes = new Routes().get("/api", request -> Response.json(Map.of()));
        webRtc.addTo(routes);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
    }

    @AfterEach
    void stop() {
        server.close();
        webRtc.close();
        registry.close();
    }

    @Test
    void disconnectPublisher_itsSessionIsOver_andItsPlaceIsFree() {
        URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
        try (Browser browser = Browser.start();
                WatchPage page = WatchPage.open(browser, address).with("whip.js")) {
            page.page().evaluate("send('me', {}).then((sent) => void (window.sent = sent))");
            Await.until(
                    "frames come",
                    () -> stream.publisher()
                            .filter(publisher -> publisher.taken() > 5)
                            .isPresent());
            PublisherStatus told = stream.publisher().orElseThrow();
            assertThat(told.transport()).isEqualTo("webrtc");
            assertThat(told.address()).isEqualTo("127.0.0.1");

            assertThat(stream.disconnectPublisher()).isTrue();
            Await.until("its place is free", () -> stream.publisher().isEmpty());
            Await.until(
                    "its session is over, and says why",
                    () -> "disconnected by the operator"
                            .equals(
                                    page.page()
                                            .evaluate(
                                                    "fetch('/api/webrtc/' + sent.location.split('/').pop())"
                                                            + ".then((answer) => answer.json()).then(({ explanation }) => explanation)")));
            assertThat(page.page().evaluate("fetch(sent.location, { method: 'DELETE' }).then(({ status }) => status)"))
                    .isEqualTo(404);
        }
    }
}
