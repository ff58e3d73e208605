package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import dev.sightline.testkit.RawClient;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long requests took is told by route; the paths here are no other test's. */
class RequestTimesIT {
    private static final String HEAD = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    private static final Duration WAIT = Duration.ofMillis(300);

    private final CompletableFuture<StreamedResponse> asked = new CompletableFuture<>();
    private final Routes routes = new Routes()
            .get("/timed/{name}", request -> Response.text(request.parameter("name")))
            .post("/timed-post", request -> Response.text(request.text()))
            .get("/timed-locked", request -> Response.text("never"))
            .streamed("/timed-later", (request, response) -> asked.complete(response))
            .streamed("/timed-poll", (request, response) -> response.respond(Response.text("at once")))
            .waits("GET", "/timed-poll")
            .streamed("/timed-endless", (request, response) -> {
                response.begin(200, Headers.NONE, () -> {});
                response.executor()
                        .schedule(
                                () -> response.send(Unpooled.wrappedBuffer(new byte[1])),
                                WAIT.toMillis(),
                                TimeUnit.MILLISECONDS);
            })
            .webSocket(
                    "/timed-socket",
                    new WebSocketOptions(List.of(), 1_000),
                    (request, socket) -> new WebSocketListener() {});

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        for (String path : List.of(
                "/timed/{name}", "/timed-post", "/timed-later", "/timed-poll", "/timed-endless", "/timed-socket")) {
            routes.needs(path, Need.nothing());
        }
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient ask(String text) throws IOException {
        RawClient client = new RawClient(server.address());
        client.send(text);
        return client;
    }

    /** Those whose routes begin so, as {@code METHOD route class}, with their numbers. */
    private static String rows(String route) {
        return HttpServer.requestTimes().stream()
                .filter(row -> row.route().startsWith(route))
                .map(row -> row.method() + " " + row.route() + " " + row.statusClass() + ": " + count(row))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static long count(RequestTimes.Row row) {
        return row.counts().stream().mapToLong(Long::longValue).sum();
    }

    private static RequestTimes.Row only(String route) {
        List<RequestTimes.Row> rows = HttpServer.requestTimes().stream()
                .filter(row -> row.route().equals(route))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void requests_ofAnyNames_areOneKind_andThoseRefusedStandByTheirRoute() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = ask("GET /timed/user-" + i + HEAD + "\r\n")) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            }
        }
        try (RawClient client = ask("BREW /timed/tea" + HEAD + "\r\n")) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 405");
        }
        assertThat(rows("/timed/")).isEqualTo("GET /timed/{name} 2xx: 20, other /timed/{name} 4xx: 1");
        assertThat(HttpServer.requestTimes())
                .as("a stranger's words")
                .noneMatch(row -> (row.route() + row.method()).matches(".*(user-|tea|BREW).*"));

        try (RawClient client = ask("GET /timed-nowhere/at/all" + HEAD + "\r\n")) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 404");
        }
        assertThat(rows("/timed-nowhere")).isEmpty();
        assertThat(rows(RequestTimes.NO_ROUTE)).contains("GET none 4xx");
    }

    @Test
    void answerLater_countsFromTheBodysEnd_toTheAnswer() throws Exception {
        try (RawClient client = ask("GET /timed-later" + HEAD + "\r\n")) {
            StreamedResponse response = asked.get(10, TimeUnit.SECONDS);
            Thread.sleep(WAIT.toMillis());
            response.executor().execute(() -> response.respond(Response.text("late")));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
        }
        assertThat(only("/timed-later").seconds()).isGreaterThanOrEqualTo(WAIT.toMillis() / 1e3);

        long start = System.nanoTime();
        try (RawClient client = ask("POST /timed-post" + HEAD + "Content-Length: 2\r\n\r\na")) {
            Thread.sleep(WAIT.toMillis());
            client.send("b");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
        }
        assertThat(only("/timed-post").seconds())
                .as("a slow client is not the server's")
                .isLessThanOrEqualTo((System.nanoTime() - start) / 1e9 - WAIT.toMillis() / 1e3);
    }

    @Test
    void answersWithoutAnEnd_countUpToTheirHead_andLongPollsNotAtAll() throws Exception {
        try (RawClient endless = ask("GET /timed-endless" + HEAD + "\r\n");
                RawClient poll = ask("GET /timed-poll" + HEAD + "\r\n");
                RawClient socket = ask("GET /timed-socket" + HEAD + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")) {
            assertThat(endless.readHead()).startsWith("HTTP/1.1 200");
            assertThat(poll.readHead()).startsWith("HTTP/1.1 200");
            assertThat(socket.readHead()).startsWith("HTTP/1.1 101");
        }
        assertThat(rows("/timed-endless")).isEqualTo("GET /timed-endless 2xx: 1");
        assertThat(rows("/timed-socket")).isEqualTo("GET /timed-socket 1xx: 1");
        assertThat(rows("/timed-poll")).isEmpty();
    }
}
