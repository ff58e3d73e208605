package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.http.connection.Timeouts;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Neighbours;
import dev.sightline.testkit.NettyMemory;
import dev.sightline.testkit.RawClient;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Network.class)
class HttpServerIT {
    private static final int MOST_LOOPS = 4;
    private static final Timeouts PATIENCE =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60));

    @Parameter
    Network network;

    private final AtomicInteger closes = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Routes routes = new Routes()
            .get(
                    "/hello/{name}",
                    request -> Response.json(
                            Map.of("hello", request.parameter("name"), "number", request.query("number", 1, 1, 9))))
            .get("/broken", request -> {
                throw new IllegalStateException("a secret of the house");
            })
            .get("/medium", request -> Response.bytes("application/octet-stream", new byte[70_000]))
            .get("/big", request -> Response.bytes("application/octet-stream", new byte[4_000_000]))
            .post("/echo", request -> Response.text(request.text()))
            .route("POST", "/upload", 10, request -> Response.text("took " + request.body().length))
            .streamed(
                    "/later",
                    (request, response) -> response.executor().execute(() -> response.respond(Response.text("later"))))
            .streamed("/watched/{answer}", (request, response) -> {
                response.onClose(closes::incrementAndGet);
                if (request.parameter("answer").equals("yes")) {
                    response.respond(Response.text("answered"));
                }
            })
            .streamed("/flood", (request, response) -> {
                response.onClose(closes::incrementAndGet);
                response.begin(200, Headers.NONE, () -> {});
                response.send(Unpooled.wrappedBuffer(new byte[10_000_000]));
            })
            .streamed("/endless", (request, response) -> response.begin(200, Headers.NONE, () -> {}))
            .resources("/static", StaticResources.beside(HttpServerIT.class, "web"));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(network == Network.NIO || Epoll.isAvailable());
        server = start(100, Duration.ofSeconds(20));
    }

    private HttpServer start(int maxConnections, Duration timeout) throws IOException {
        return start(maxConnections, timeout, PATIENCE);
    }

    private HttpServer start(int maxConnections, Duration timeout, Timeouts patience) throws IOException {
        HttpSettings settings = HttpSettings.DEFAULTS
                .withPort(0)
                .withMaxConnections(maxConnections)
                .withRequestTimeout(timeout);
        OriginPolicy origins = (origin, host) -> origin.equals("http://friend.example");
        return HttpServer.start(settings, routes, origins, network, patience);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void get_route_answersJsonWithParameterAndQuery() throws Exception {
        HttpResponse<String> answer = get("/hello/J%C3%BCrgen%2Fx+y?number=7");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).contains("\"hello\":\"Jürgen/x+y\"").contains("\"number\":7");
    }

    @Test
    void get_queryOutOfRange_400ProblemSaysTheRange() throws Exception {
        HttpResponse<String> answer = get("/hello/x?number=11");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":400")
                .contains("from 1 to 9")
                .contains("'11'");
    }

    @Test
    void get_unknownPath_404Problem() throws Exception {
        HttpResponse<String> answer = get("/nothing/here");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"there is nothing at /nothing/here\"}");
    }

    @Test
    void get_handlerThrows_500WithoutItsSecrets() throws Exception {
        HttpResponse<String> answer = get("/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void post_pathServesGetOnly_405WithAllow() throws Exception {
        HttpResponse<String> answer = post("/hello/x", "body");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void head_route_sendsLengthButNoBody() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("HEAD /hello/x HTTP/1.1\r\nHost: x\r\n\r\n").get("/hello/y", "Connection: close");
            String all = raw.readAll();
            assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").contains("content-length: 24\r\n");
            assertThat(all).doesNotContain("\"x\"").contains("\"y\"");
        }
    }

    @Test
    void pipelined_requests_areAnsweredInOrderAlsoAroundLateAnswers() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/hello/1").get("/later").get("/hello/2").get("/later").get("/hello/3", "Connection: close");
            assertThat(raw.readAll()).containsSubsequence("\"1\"", "later", "\"2\"", "later", "\"3\"");
        }
    }

    @Test
    void pipelined_manyRequestsForBigAnswers_areAllAnswered() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            String request = "GET /hello/x HTTP/1.1\r\nHost: x\r\n\r\nGET /medium HTTP/1.1\r\nHost: x\r\n\r\n";
            raw.send(request.repeat(60));
            for (int i = 0; i < 60; i++) {
                assertThat(raw.readAnswer()).endsWith("}");
                assertThat(raw.readAnswer()).hasSizeGreaterThan(70_000);
            }
        }
    }

    @Test
    void pipelined_flood_othersOfTheSameEventLoopAreServedBetween() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<String> served = new CopyOnWriteArrayList<>();
        restart(new Routes()
                .streamed(
                        "/loop",
                        (request, response) -> response.respond(
                                Response.text(Thread.currentThread().getName())))
                .streamed("/served/{who}", (request, response) -> {
                    served.add(request.parameter("who"));
                    if (request.parameter("who").equals("gate")) {
                        gate.await();
                    }
                    response.respond(Response.text("served"));
                }));
        try (Neighbours neighbours = Neighbours.of(server.address())) {
            RawClient flooder = neighbours.one().get("/served/gate");
            Await.until("the event loop stands still", () -> served.size() == 1);
            flooder.send("GET /served/flood HTTP/1.1\r\nHost: x\r\n\r\n".repeat(300));
            neighbours.other().get("/served/viewer");
            gate.countDown();

            assertThat(neighbours.other().readAnswer()).endsWith("served");
            for (int i = 0; i < 301; i++) {
                assertThat(flooder.readAnswer()).endsWith("served");
            }
        }
        assertThat(served).hasSize(302);
        assertThat(served.indexOf("viewer")).isLessThan(100);
    }

    @Test
    void pipelined_moreThanTheRate_areAnsweredLaterAndCounted() throws Exception {
        long before = HttpServer.delays().get("requests");
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("GET /hello/x HTTP/1.1\r\nHost: x\r\n\r\n".repeat(600)).shutdownOutput();
            assertThat(raw.readAll().split("HTTP/1.1 200 OK", -1)).hasSize(601);
        }
        assertThat(HttpServer.delays().get("requests")).isGreaterThan(before);
    }

    @Test
    void handlers_waiting_holdUpNoEventLoop() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        restart(new Routes()
                .get("/gate", request -> {
                    gate.await();
                    return Response.text("open");
                })
                .streamed("/viewer", (request, response) -> response.respond(Response.text("a frame"))));
        List<RawClient> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_LOOPS; i++) {
                waiting.add(new RawClient(server.address()).get("/gate"));
            }
            for (int i = 0; i < MOST_LOOPS; i++) {
                try (RawClient viewer = new RawClient(server.address())) {
                    assertThat(viewer.get("/viewer").readAnswer()).endsWith("a frame");
                }
            }
            gate.countDown();
            for (RawClient client : waiting) {
                assertThat(client.readAnswer()).endsWith("open");
            }
        } finally {
            gate.countDown();
            waiting.forEach(RawClient::close);
        }
    }

    @Test
    void handler_endsInAnError_500AndTheNextIsAnswered() throws Exception {
        restart(new Routes().get("/error", request -> {
            throw new NoClassDefFoundError("dev/sightline/Missing");
        }));
        try (RawClient raw = new RawClient(server.address())) {
            for (int i = 0; i < 2 * MOST_LOOPS; i++) {
                assertThat(raw.get("/error").readAnswer()).startsWith("HTTP/1.1 500 ");
            }
        }
    }

    @Test
    void eventLoop_heldUp_isMeasuredWhileItGoesOnAndAfterwards() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicReference<String> loop = new AtomicReference<>("");
        restart(new Routes().streamed("/gate", (request, response) -> {
            loop.set(Thread.currentThread().getName());
            gate.await();
            response.respond(Response.text("open"));
        }));
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/gate");
            Await.until("the turn is a long one", () -> longestTurn(loop.get()) > 0.1);
            gate.countDown();
            assertThat(raw.readAnswer()).endsWith("open");
            raw.get("/nothing").readAnswer();
            assertThat(longestTurn(loop.get())).isGreaterThan(0.1);
        }
    }

    private static double longestTurn(String loop) {
        return LoopWatch.longestTurns().getOrDefault(loop, 0.0);
    }

    private void restart(Routes others) throws IOException {
        server.close();
        HttpSettings settings = HttpSettings.DEFAULTS.withPort(0);
        server = HttpServer.start(settings, others, (origin, host) -> false, network, PATIENCE);
    }

    @Test
    void http10_withoutKeepAlive_answersAndCloses() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            assertThat(raw.send("GET /hello/x HTTP/1.0\r\n\r\n").readAll())
                    .contains("200 OK")
                    .contains("\"x\"");
        }
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("GET /hello/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(raw.readAnswer()).contains("connection: keep-alive");
            raw.send("GET /hello/y HTTP/1.0\r\n\r\n");
            assertThat(raw.readAll()).contains("\"y\"");
        }
    }

    @Test
    void halfClosed_afterRequest_bigAnswerStillComes() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/big").shutdownOutput();
            assertThat(raw.readAll().length()).isGreaterThan(4_000_000);
        }
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/big").get("/big").get("/hello/z").shutdownOutput();
            String answers = raw.readAll();
            assertThat(answers.length()).isGreaterThan(8_000_000);
            assertThat(answers.substring(answers.length() - 200)).contains("\"z\"");
        }
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/hello/x").get("/hello/y").shutdownOutput();
            assertThat(raw.readAll()).containsSubsequence("\"x\"", "\"y\"");
        }
        try (RawClient raw = new RawClient(server.address())) {
            raw.shutdownOutput();
            assertThat(raw.readAll()).isEmpty();
        }
    }

    @Test
    void post_chunkedBody_isPutTogether() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            raw.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(raw.readAll()).endsWith("\r\n\r\nabcde");
        }
    }

    @Test
    void post_bodyTooLong_413BeforeItIsSent() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 413 ").contains("at most 10 bytes");
        }
    }

    @Test
    void post_chunkedBodyTooLong_413() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            raw.send("6\r\nabcdef\r\n5\r\n12345\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void post_hugeBodyToUnknownPath_answerSurvivesTheClosing() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
            raw.send(new byte[300_000]);
            assertThat(raw.readAll()).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void post_expects100_isToldToContinue() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            raw.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.readHead()).startsWith("HTTP/1.1 100 ");
            assertThat(raw.send("body").readAnswer())
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("took 4");
        }
    }

    @Test
    void header_oneMegabyte_431() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            try {
                raw.get("/hello/x", "X-Long: " + "x".repeat(1_000_000));
            } catch (IOException e) {
                // the server had enough before all was sent; what it said can still be read
            }
            assertThat(raw.readAll()).startsWith("HTTP/1.1 431 ").contains("application/problem+json");
        }
    }

    @Test
    void url_10000Bytes_414() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            assertThat(raw.get("/hello/" + "x".repeat(10_000)).readAll()).startsWith("HTTP/1.1 414 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                "GET /hello/x HTTP/1.1\r\n\r\n",
                "GET /hello/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /hello/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /hello/x HTTP/1.1\r\nHost: a\r\nX\u0001: b\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /hello/x HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n",
            })
    void garbage_isAnsweredWithAProblemAndOthersGoOn(String garbage) throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            String answer = raw.send(garbage).shutdownOutput().readAll();
            assertThat(answer).matches("(?s)HTTP/1\\.1 (400|417|505) .*application/problem\\+json.*");
        }
        assertThat(get("/hello/x").statusCode()).isEqualTo(200);
    }

    @Test
    void origin_friend_mayReadAndStranger_mayNot() throws Exception {
        HttpResponse<String> friend = get("/hello/x", "Origin", "http://friend.example");
        assertThat(friend.headers().firstValue("access-control-allow-origin")).contains("http://friend.example");
        HttpResponse<String> stranger = get("/hello/x", "Origin", "http://evil.example");
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(stranger.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(stranger.headers().firstValue("vary")).contains("Origin");
    }

    @Test
    void origin_stranger_mayNotPost() throws Exception {
        HttpRequest request = request("/echo")
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void options_preflightOfFriend_saysWhatIsAllowed() throws Exception {
        HttpRequest request = request("/echo")
                .header("Origin", "http://friend.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-methods")).contains("OPTIONS, POST");
        assertThat(answer.headers().firstValue("access-control-allow-headers")).contains("content-type");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("http://friend.example");
    }

    @Test
    void static_sameTag_304WithoutBody() throws Exception {
        HttpResponse<String> first = get("/static/page.html");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        String tag = first.headers().firstValue("etag").orElseThrow();

        HttpResponse<String> second = get("/static/page.html", "If-None-Match", "\"other\", W/" + tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("etag")).contains(tag);
        assertThat(get("/static/page.html", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/../outside.txt",
                "/static/..%2foutside.txt",
                "/static/%2e%2e/outside.txt",
                "/static/folder/../../outside.txt",
                "/static/folder/..%5c..%5coutside.txt",
                "/static//etc/passwd",
                "/static/page.html%00.js",
                "/static/folder",
                "/static/folder/",
                "/static/",
                "/static",
            })
    void static_wayOutOfTheFolder_404(String path) throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            assertThat(raw.get(path, "Connection: close").readAll()).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void path_ofTwoThousandSegments_414() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            String path = "/static" + "/a".repeat(2_000) + ".js";
            assertThat(raw.get(path, "Connection: close").readAll()).startsWith("HTTP/1.1 414 ");
        }
    }

    @Test
    void get_unknownPathOfManyLetters_isNotEchoed() throws Exception {
        HttpResponse<String> answer = get("/" + "x".repeat(8_000));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("x…").hasSizeLessThan(250);
    }

    @Test
    void slowClient_neverFinishesItsHeader_isClosed() throws Exception {
        server.close();
        server = start(100, Duration.ofMillis(300));
        long before = timedOut("request");
        try (RawClient slow = new RawClient(server.address())) {
            slow.send("GET /hello/x HTTP/1.1\r\nHost: x\r\nX-");
            assertThat(slow.isClosedByServer()).isTrue();
        }
        try (RawClient slow = new RawClient(server.address())) {
            slow.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
            assertThat(slow.readAll()).startsWith("HTTP/1.1 408 ");
        }
        try (RawClient slow = new RawClient(server.address())) {
            slow.get("/big");
            Await.until("the answer nobody takes is given up", () -> timedOut("request") == before + 3);
            Await.until("its connection too", () -> server.connections() == 0);
        }
    }

    @Test
    void streamed_closeIsToldUnlessItWasAnswered() throws Exception {
        try (RawClient raw = new RawClient(server.address())) {
            assertThat(raw.get("/watched/yes").readAnswer()).endsWith("answered");
            raw.get("/watched/yes").readAnswer();
            raw.get("/watched/no");
        }
        Await.until("the one without answer is told", () -> closes.get() > 0);
        Await.until("the connection is gone", () -> server.connections() == 0);
        assertThat(closes).hasValue(1);
    }

    @Test
    void streamed_clientTakesNothingForLong_isLetGo() throws Exception {
        server.close();
        Timeouts little = new Timeouts(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500));
        server = start(100, Duration.ofSeconds(20), little);
        long before = timedOut("unread");
        try (RawClient raw = new RawClient(server.address())) {
            raw.get("/flood").readHead();
            Await.until("the one who takes nothing is let go", () -> closes.get() == 1);
        }
        assertThat(timedOut("unread")).isEqualTo(before + 1);
    }

    private static long timedOut(String what) {
        return HttpServer.timeOuts().getOrDefault(what, 0L);
    }

    @Test
    void connections_oneTooMany_503AndTheOthersGoOn() throws Exception {
        server.close();
        server = start(2, Duration.ofSeconds(20));
        try (RawClient first = new RawClient(server.address());
                RawClient second = new RawClient(server.address())) {
            assertThat(first.get("/hello/1").readAnswer()).contains("\"1\"");
            assertThat(second.get("/hello/2").readAnswer()).contains("\"2\"");
            try (RawClient third = new RawClient(server.address())) {
                assertThat(third.get("/hello/3").readAll()).startsWith("HTTP/1.1 503 ");
            }
            assertThat(first.get("/hello/4").readAnswer()).contains("\"4\"");
        }
        Await.until("the places are free again", () -> server.connections() == 0);
        try (RawClient fourth = new RawClient(server.address())) {
            assertThat(fourth.get("/hello/5").readAnswer()).contains("\"5\"");
        }
    }

    @Test
    void start_portTaken_saysWhichPortAndWhatToDo() {
        HttpSettings settings = HttpSettings.DEFAULTS.withPort(server.address().getPort());
        assertThatThrownBy(() -> HttpServer.start(settings, routes, (origin, host) -> false, network, PATIENCE))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("port " + settings.port() + " on 127.0.0.1 is taken")
                .hasMessageContaining("choose another port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "192.0.2.1"})
    void start_notAnAddressOfThisComputer_saysSo(String host) {
        HttpSettings settings = HttpSettings.DEFAULTS.withPort(0).withHost(host);
        assertThatThrownBy(() -> HttpServer.start(settings, routes, (origin, h) -> false, network, PATIENCE))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void close_withOpenConnections_endsThemAndLeavesNoBuffer() throws Exception {
        long before = NettyMemory.buffersInUse();
        HttpServer other = start(1_000, Duration.ofSeconds(20));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RawClient raw = new RawClient(other.address());
            String path = i % 3 == 0 ? "/endless" : "/hello/" + i;
            assertThat(raw.get(path).readHead()).contains("200 OK");
            if (i % 2 == 0) {
                raw.close();
            } else {
                clients.add(raw.send("GET /hel"));
            }
        }
        Await.until("those who left are gone", () -> other.connections() == clients.size());
        other.close();
        for (RawClient raw : clients) {
            assertThat(raw.isClosedByServer()).isTrue();
            raw.close();
        }
        Await.until("all buffers are released", () -> NettyMemory.buffersInUse() <= before);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
