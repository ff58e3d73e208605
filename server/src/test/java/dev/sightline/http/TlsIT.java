package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.auth.Origins;
import dev.sightline.http.connection.Timeouts;
import dev.sightline.http.tls.Tls;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.Trust;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS and plain HTTP on one port. */
class TlsIT {
    private static final int MAX_CONNECTIONS = 20;

    @TempDir
    private static Path folder;

    private static Tls certificate;
    private static SSLContext trust;

    private Network network = Network.best();
    private HttpServer server;

    @BeforeAll
    static void make() {
        certificate = Tls.auto(folder, List.of());
        trust = Trust.in(certificate.authority().orElseThrow());
    }

    @BeforeEach
    void start() throws IOException {
        server = start(Duration.ofSeconds(20));
    }

    private HttpServer start(Duration timeout) throws IOException {
        Routes routes = new Routes();
        routes.get("/hello", request -> Response.text("hello"));
        routes.get("/open", request -> Response.text("open")).overPlainHttpToo("/open");
        routes.get("/big", request -> Response.bytes("text/plain", new byte[3_000_000]));
        routes.post("/echo", request -> Response.text(request.text()));
        routes.webSocket("/echo", new WebSocketOptions(List.of(), 1_000), (request, socket) -> new WebSocketListener() {
            @Override
            public void onText(String message) {
                socket.text(message);
            }
        });
        HttpSettings settings = HttpSettings.DEFAULTS
                .withPort(0)
                .withMaxConnections(MAX_CONNECTIONS)
                .withRequestTimeout(timeout)
                .withTls("auto");
        return HttpServer.start(
                settings,
                routes,
                new Origins(List.of())::allows,
                network,
                Timeouts.USUAL,
                Optional.of(certificate::context));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void https_isServedOnEachNetwork(Network each) throws Exception {
        server.close();
        network = each;
        server = start(Duration.ofSeconds(20));

        assertThat(get("https://localhost:%d/hello").body()).isEqualTo("hello");
        assertThat(get("https://127.0.0.1:%d/hello").body()).isEqualTo("hello");
        assertThat(get("https://localhost:%d/big").body()).hasSize(3_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void https_speaksTheVersionsOfToday(String version) throws Exception {
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory()
                .createSocket("localhost", server.address().getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void https_untrusted_isRefusedByTheClient() {
        HttpClient stranger = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(uri("https://localhost:%d/hello")).build();
        assertThatThrownBy(() -> stranger.send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void https_manyRequestsOnOneConnection_areAnsweredInOrder() throws Exception {
        try (RawClient client = new RawClient(server.address(), trust)) {
            client.get("/hello").get("/big").get("/hello", "Connection: close");
            assertThat(client.readAnswer()).endsWith("hello");
            client.readAnswer();
            assertThat(client.readAll()).endsWith("hello");
        }
    }

    @Test
    void https_requestRefusedHalfWay_answerSurvivesTheClosing() throws Exception {
        try (RawClient client = new RawClient(server.address(), trust)) {
            client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n\r\n")
                    .send(new byte[300_000]);
            assertThat(client.readAll()).startsWith("HTTP/1.1 413 ").contains("at most");
        }
    }

    @Test
    void webSocket_overTls_echoes() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        WebSocket socket = client().newWebSocketBuilder()
                .buildAsync(uri("wss://localhost:%d/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        heard.complete(text.toString());
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        socket.sendText("hello", true);
        assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.abort();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /hello?x=1&y=%20 | cam.lan:8080 | https://cam.lan:8080/hello?x=1&y=%20
            GET /                | [::1]:8080   | https://[::1]:8080/
            HEAD /nowhere        | 10.0.0.7     | https://10.0.0.7:80/nowhere
            GET //elsewhere.com/ | cam:1        | https://cam:1//elsewhere.com/
            """)
    void http_getAndHead_areSentToHttps(String request, String host, String location) throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            String answer = client.send(request + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .readHead();
            assertThat(answer)
                    .startsWith("HTTP/1.1 308 ")
                    .containsIgnoringCase("Location: " + location + "\r\n")
                    .contains("Cache-Control: no-store");
        }
    }

    @Test
    void http_otherMethods_areToldWhy() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("http://localhost:%d/echo"))
                .POST(HttpRequest.BodyPublishers.ofString("secret"))
                .build();
        HttpResponse<String> answer = client().send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("this server speaks HTTPS: use https://localhost:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.com/x", "a b", "a@b", "x:y", ""})
    void http_hostThatIsNone_isSentNowhere(String host) throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            String answer =
                    client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").readAnswer();
            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("Location");
        }
    }

    @Test
    void http_openRoute_isServedPlainly() throws Exception {
        assertThat(get("http://localhost:%d/open").body()).isEqualTo("open");
        assertThat(get("https://localhost:%d/open").body()).isEqualTo("open");
    }

    @Test
    void origin_pageOfPlainHttpOnTheSameHost_isAStranger() throws Exception {
        assertThat(allowed("Host: cam", "Origin: https://cam")).isTrue();
        assertThat(allowed("Host: cam:8443", "Origin: https://cam:8443")).isTrue();
        assertThat(allowed("Host: cam:443", "Origin: https://cam")).isTrue();
        assertThat(allowed("Host: [::1]", "Origin: https://[::1]")).isTrue();
        assertThat(allowed("Host: cam", "Origin: http://cam")).isFalse();
        assertThat(allowed("Host: cam", "Origin: https://cam:8443")).isFalse();
    }

    private boolean allowed(String host, String origin) throws IOException {
        try (RawClient client = new RawClient(server.address(), trust)) {
            String answer = client.send("GET /hello HTTP/1.1\r\n" + host + "\r\n" + origin + "\r\n\r\n")
                    .readAnswer();
            boolean served = answer.startsWith("HTTP/1.1 200 ");
            assertThat(answer.toLowerCase().contains("access-control-allow-origin"))
                    .isEqualTo(served);
            return served;
        }
    }

    @Test
    void rubbishAfterTheFirstByte_isLetGoAndOthersGoOn() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.send(new byte[] {22, 1, 2, 3, 4, 5, 6, 7, 8, 9});
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(get("https://localhost:%d/hello").body()).isEqualTo("hello");
    }

    @Test
    void halfHandshakes_andSilence_areFreedInTime() throws Exception {
        server.close();
        long before = NettyMemory.buffersInUse();
        server = start(Duration.ofMillis(300));
        long timedOut = HttpServer.timeOuts().getOrDefault("tls", 0L);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(new RawClient(server.address())); // says nothing
            clients.add(new RawClient(server.address()).send(new byte[] {22})); // a first byte
            // The head of a long record, and a part of it.
            clients.add(new RawClient(server.address()).send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3}));
        }
        for (RawClient client : clients) {
            assertThat(client.isClosedByServer()).isTrue();
            client.close();
        }
        Await.until(
                "half handshakes are counted", () -> HttpServer.timeOuts().getOrDefault("tls", 0L) >= timedOut + 10);
        Await.until("all connections are forgotten", () -> server.connections() == 0);
        server.close(); // its threads keep some buffers at hand
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= before);
    }

    @Test
    void oneConnectionTooMany_tlsIsClosed_plainIsTold() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            RawClient client = new RawClient(server.address());
            clients.add(client);
            assertThat(client.get("/open").readAnswer()).endsWith("open"); // else it would make room for others
        }
        try (RawClient plain = new RawClient(server.address()).get("/hello")) {
            assertThat(plain.readAll()).startsWith("HTTP/1.1 503 ");
        }
        assertThatThrownBy(() -> new RawClient(server.address(), trust)).isInstanceOf(IOException.class);
        clients.forEach(RawClient::close);
    }

    @Test
    void sharedBuffer_isOnlyReadByTls() throws Exception {
        SharedBuffers<String, String> shared = new SharedBuffers<>();
        byte[] picture = new byte[40_000];
        Arrays.fill(picture, (byte) 7);
        byte[] backing = Arrays.copyOf(picture, 100_000);
        ByteBuf[] made = new ByteBuf[1];
        Routes routes = new Routes();
        routes.streamed("/picture", (request, response) -> {
            SharedBuffers.Share<String, String> share = shared.join(response.executor(), "cam", name -> {
                // With room behind the picture, as pooled buffers have, and something to be seen in it.
                made[0] = Unpooled.wrappedBuffer(backing).writerIndex(picture.length);
                return made[0];
            });
            response.begin(200, Headers.NONE, () -> {});
            response.send(share.of("first"));
            response.send(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
            response.send(share.of("first"));
            response.onClose(share::leave);
            response.end();
        });
        try (HttpServer pictures = HttpServer.start(
                HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true, certificate::context)) {
            try (RawClient viewer = new RawClient(pictures.address(), trust)) {
                viewer.get("/picture").readHead();
                assertThat(viewer.read(40_000)).isEqualTo(picture);
                assertThat(viewer.read(3)).containsExactly(1, 2, 3);
                assertThat(viewer.read(40_000)).isEqualTo(picture);
            }
            Await.until("the viewer has left", () -> shared.size() == 0);
            assertThat(made[0].refCnt()).isZero();
            assertThat(backing).isEqualTo(Arrays.copyOf(picture, 100_000));
        }
    }

    @Test
    void close_withOpenConnections_leavesNoBuffer() throws Exception {
        server.close();
        long before = NettyMemory.buffersInUse();
        server = start(Duration.ofSeconds(20));
        try (RawClient one = new RawClient(server.address(), trust);
                RawClient two = new RawClient(server.address(), trust)) {
            one.get("/hello").readAnswer();
            two.get("/big");
            server.close();
            assertThat(one.isClosedByServer()).isTrue();
        }
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= before);
    }

    private HttpResponse<String> get(String address) throws Exception {
        return client().send(HttpRequest.newBuilder(uri(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().sslContext(trust).build();
    }

    private URI uri(String address) {
        return URI.create(address.formatted(server.address().getPort()));
    }
}
