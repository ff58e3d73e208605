package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.sightline.Embedding;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.StreamState;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site gets from a server on the same computer: Chromium's own checks of local networks are off. */
class ForeignPagesIT {
    private static final String CHECKS =
            "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,"
                    + "BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights";

    /** Tries all that a page can do; what it could read is its answer. */
    private static final String ATTEMPTS = """
            async (server) => {
                const got = {};
                const tried = async (name, attempt) => {
                    let late;
                    const end = new Promise((resolve) => (late = setTimeout(() => resolve('nothing'), 4000)));
                    got[name] = await Promise.race([attempt().catch(() => 'refused'), end]);
                    clearTimeout(late);
                };
                const loaded = (element, address) => new Promise((resolve, reject) => {
                    element.onload = () => resolve(element);
                    element.onerror = () => reject(new Error('refused'));
                    element.src = address;
                    document.body.append(element);
                });
                const read = async (address, options) => {
                    const answer = await fetch(server + address, options);
                    return answer.type === 'opaque' ? 'opaque' : answer.ok ? `read: ${await answer.text()}` : 'refused';
                };
                await tried('list', () => read('api/streams'));
                await tried('list unseen', () => read('api/streams', { mode: 'no-cors' }));
                await tried('list as script', () => loaded(document.createElement('script'), server + 'api/streams').then(() => 'ran'));
                await tried('snapshot', () => read('live/demo/jpeg'));
                await tried('image', async () => {
                    const image = await loaded(new Image(), server + 'live/demo/jpeg');
                    const canvas = document.createElement('canvas');
                    const context = canvas.getContext('2d');
                    context.drawImage(image, 0, 0);
                    try {
                        context.getImageData(0, 0, 1, 1);
                        return 'pixels';
                    } catch {
                        return `shown ${image.naturalWidth}`;
                    }
                });
                await tried('image to be read', async () => {
                    const image = new Image();
                    image.crossOrigin = 'anonymous';
                    await loaded(image, server + 'live/demo/jpeg');
                    return 'shown';
                });
                await tried('metadata', () => new Promise((resolve, reject) => {
                    const events = new EventSource(server + 'live/demo/metadata');
                    events.onopen = () => resolve('opened');
                    events.onerror = () => { events.close(); reject(new Error('refused')); };
                }));
                await tried('websocket', () => new Promise((resolve, reject) => {
                    const socket = new WebSocket(server.replace('http', 'ws') + 'live/demo/ws', 'sightline.v1');
                    socket.onopen = () => resolve('opened');
                    socket.onerror = () => reject(new Error('refused'));
                }));
                await tried('socket.io', () => read('socket.io/?EIO=4&transport=polling'));
                await tried('socket.io unseen', () => read('socket.io/?EIO=4&transport=polling', { mode: 'no-cors' }));
                await tried('socket.io as image', () => loaded(new Image(), server + 'socket.io/?EIO=4&transport=polling').then(() => 'shown'));
                await tried('socket.io by websocket', () => new Promise((resolve, reject) => {
                    const socket = new WebSocket(server.replace('http', 'ws') + 'socket.io/?EIO=4&transport=websocket');
                    socket.onopen = () => resolve('opened');
                    socket.onerror = () => reject(new Error('refused'));
                }));
                const connection = new RTCPeerConnection();
                connection.addTransceiver('video', { direction: 'recvonly' });
                const { sdp } = await connection.createOffer();
                const offer = { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: sdp };
                await tried('whep', () => read('live/demo/whep', offer));
                await tried('whep unseen', () => read('live/demo/whep', { ...offer, mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } }));
                return got;
            }""";

    private static final String FRAME = """
            (address) => new Promise((resolve) => {
                const frame = document.createElement('iframe');
                frame.onload = () => resolve();
                frame.src = address;
                document.body.append(frame);
            })""";

    private static Browser browser;
    private static HttpServer site;

    private SightlineServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(System.getenv(), CHECKS);
        Routes routes = new Routes().get("/", request -> Response.bytes("text/html", new byte[0]));
        site = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
    }

    @AfterAll
    static void stop() {
        site.close();
        browser.close();
    }

    @BeforeEach
    void startServer() {
        serve(Embedding.ANY);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void serve(Embedding embedding, String... frameAncestors) {
        if (server != null) {
            server.close();
        }
        server = Sightline.server()
                .port(0)
                .embedding(embedding)
                .frameAncestors(frameAncestors)
                .allowedOrigins(address("friend.test"))
                .stream("demo", stream -> stream.source("pattern:160x120@10"))
                .start();
        Await.until("it is live", () -> server.streams().get(0).state() == StreamState.LIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger.test", "127.0.0.1"}) // the other one is of the same site: another port
    void page_ofAnotherOrigin_readsNothingAndLeavesNothing(String host) {
        Map<String, Object> got = attempts(visit(address(host)));

        assertThat(got.get("image")).isEqualTo("shown 160");
        got.remove("image");
        assertThat(got)
                .hasSize(13)
                .allSatisfy((what, result) -> assertThat(result).as(what).isEqualTo("refused"));
        assertNothingIsLeft();
    }

    @Test
    void page_ofAnAllowedOrigin_mayDoAll() {
        Map<String, Object> got = attempts(visit(address("friend.test")));

        assertThat(got).containsEntry("metadata", "opened").containsEntry("websocket", "opened");
        assertThat(List.of("list", "snapshot", "socket.io", "whep"))
                .allSatisfy(
                        what -> assertThat(got.get(what)).asString().as(what).startsWith("read: "));
    }

    @Test
    void page_whoseNameWasMadeToPointHere_readsNothing() {
        String own = "http://rebound.test:" + server.address().getPort() + "/";
        Page page = browser.page(640, 480);
        page.route(
                own + "evil",
                route -> route.fulfill(
                        new FulfillOptions().setContentType("text/html").setBody("<p>")));
        page.navigate(own + "evil");

        @SuppressWarnings("unchecked")
        Map<String, Object> got = (Map<String, Object>) page.evaluate(ATTEMPTS, own);

        assertThat(got)
                .hasSize(14)
                .allSatisfy((what, result) -> assertThat(result).as(what).isEqualTo("refused"));
        assertNothingIsLeft();
        assertThat(page.navigate(own).status()).isEqualTo(421);
        assertThat(page.content()).contains("allowed-hosts");
        page.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOWED", "NONE"})
    void image_whereEmbeddingIsClosed_isNotShownByAStranger(Embedding embedding) {
        serve(embedding);

        assertThat(attempts(visit(address("stranger.test"))).get("image")).isEqualTo("refused");
        assertThat(attempts(visit(address("friend.test"))).get("image"))
                .isEqualTo(embedding == Embedding.ALLOWED ? "shown 160" : "refused");
    }

    @Test
    void frame_ofAStranger_holdsAPageOnlyWhereFrameAncestorsSaySo() {
        for (String page : List.of("live/demo", "", "publish", "studio/demo")) {
            assertThat(framed(page)).as(page).isEmpty();
        }
        assertThat(framed("socket.io/?EIO=4&transport=polling")).doesNotContain("sid");
        assertNothingIsLeft();
        serve(Embedding.ANY, "http://*.test:" + site.address().getPort());
        assertThat(framed("live/demo")).contains("demo");
        assertThat(framed("socket.io/?EIO=4&transport=polling")).doesNotContain("sid");
    }

    private String framed(String path) {
        Page page = visit(address("stranger.test"));
        page.evaluate(FRAME, server.address() + path);
        String text = String.valueOf(
                page.frames().get(1).evaluate("() => document.title + (document.body?.innerText ?? '')"));
        boolean refused =
                page.frames().get(1).evaluate("() => location.protocol").equals("chrome-error:");
        page.close();
        return refused ? "" : text;
    }

    private Map<String, Object> attempts(Page page) {
        @SuppressWarnings("unchecked")
        Map<String, Object> got =
                (Map<String, Object>) page.evaluate(ATTEMPTS, server.address().toString());
        page.close();
        return got;
    }

    private void assertNothingIsLeft() {
        Await.until("nobody watches", () -> server.streams().get(0).viewers() == 0);
        Api api = new Api(server.address());
        assertThat(api.sessions()).isEmpty();
        assertThat(api.metric("sightline_socketio_clients")).isZero();
        assertThat(api.metric("sightline_socketio_sessions{carrier=\"polling\"}"))
                .isZero();
    }

    private static Page visit(String address) {
        Page page = browser.page(640, 480);
        page.navigate(address);
        return page;
    }

    private static String address(String host) {
        return "http://" + host + ":" + site.address().getPort();
    }
}
