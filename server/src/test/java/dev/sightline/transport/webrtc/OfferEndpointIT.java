package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages as they are copied from tutorials, in Chromium. */
class OfferEndpointIT {
    private static final int MOST_UNANSWERED = 64;
    private static final String INVITE = "{\"sdp\": \"\", \"type\": \"offer\"}";

    /** A page that asks for an offer, answers it to itself alone, and has no place for a picture. */
    private static final String SILENT = """
            async () => {
                const peer = window.peer = new RTCPeerConnection();
                const offer = await fetch('/offer', {
                    method: 'POST',
                    headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ sdp: '', type: 'offer' }),
                });
                await peer.setRemoteDescription(await offer.json());
                await peer.setLocalDescription(await peer.createAnswer());
            }""";

    /** A page that makes the offer itself. */
    private static final String OFFERING = """
            async () => {
                const peer = window.peer = new RTCPeerConnection();
                peer.addTransceiver('video', { direction: 'recvonly' });
                peer.ontrack = ({ streams: [stream], track }) =>
                    window.video.srcObject = stream ?? new MediaStream([track]);
                await peer.setLocalDescription(await peer.createOffer());
                const answer = await fetch('/offer', {
                    method: 'POST',
                    headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify(peer.localDescription),
                });
                await peer.setRemoteDescription(await answer.json());
            }""";

    private static final String VIDEO = """
            window.video = document.body.appendChild(document.createElement('video'));
            Object.assign(video, { muted: true, autoplay: true });""";

    private static Browser browser;
    private SightlineServer server;
    private Api api;
    private WatchPage page;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void start() {
        server = Sightline.server().port(0).stream(
                        "demo", stream -> stream.source("pattern:640x360@15").webRtcOfferAt("/offer"))
                .start();
        api = new Api(server.address());
        page = WatchPage.open(browser, server.address());
        page.page().evaluate(VIDEO);
    }

    @AfterEach
    void stop() {
        page.close();
        server.close();
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void page_thatKeepsItsAnswerToItself_connectsAndReceives() {
        page.page().evaluate(SILENT);

        page.await("connected", "peer.connectionState === 'connected'");
        Await.until("packets", () -> received("packetsReceived") > 60);
        assertThat(api.sessions()).hasSize(1);
    }

    @Test
    void page_thatKeepsItsAnswerToItself_withOneLineMore_plays() {
        page.page()
                .evaluate(SILENT.replace(
                        "const offer =",
                        "peer.ontrack = ({ streams: [stream], track }) =>"
                                + " video.srcObject = stream ?? new MediaStream([track]); const offer ="));

        plays();
    }

    @Test
    void page_thatPostsItsAnswer_plays_andTheAnswerIsTaken() {
        page.page()
                .evaluate(SILENT.replace(
                        "const offer =",
                        "peer.ontrack = ({ track }) =>"
                                + " video.srcObject = new MediaStream([track]); const offer ="));
        Object status = page.page()
                .evaluate("fetch('/offer', { method: 'POST',"
                        + " body: JSON.stringify(peer.localDescription) }).then(({ status }) => status)");

        assertThat(status).isEqualTo(200);
        plays();
    }

    @Test
    void page_thatMakesTheOffer_plays() {
        page.page().evaluate(OFFERING);

        plays();
    }

    @Test
    void offers_nobodyTakesUp_areNotMoreThan64_andTheOldestGiveWay() {
        page.page().evaluate(SILENT);
        page.await("connected", "peer.connectionState === 'connected'");
        for (int i = 0; i < MOST_UNANSWERED; i++) {
            assertThat(invite().statusCode()).as("offer %d", i).isEqualTo(200);
        }

        assertThat(invite().statusCode()).isEqualTo(200);
        Await.until("one is gone", () -> api.sessions().size() == MOST_UNANSWERED + 1);
        assertThat(page.page().evaluate("peer.connectionState")).isEqualTo("connected");
    }

    private HttpResponse<String> invite() {
        return api.send("POST", "/offer", INVITE, Map.of("Content-Type", "application/json"));
    }

    private void plays() {
        page.await("a picture", "video.videoWidth === 640 && video.currentTime > 1");
        Await.until("pictures", () -> received("framesDecoded") > 30);
    }

    private double received(String count) {
        Page in = page.page();
        Object counted = in.evaluate("count => inbound({ peer }).then((stats) => stats[count] ?? 0)", count);
        return ((Number) counted).doubleValue();
    }
}
