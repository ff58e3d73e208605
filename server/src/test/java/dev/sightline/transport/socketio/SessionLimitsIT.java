package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Await;
import dev.sightline.transport.socketio.engine.EngineClient;
import dev.sightline.transport.socketio.engine.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one session, and all together, may have the server keep. */
class SessionLimitsIT {
    private static final int MB = 1_000_000;
    private static final String TWO_ATTACHMENTS =
            "452-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

    private final InputBudget budget = new InputBudget(16 * MB, 8 * MB);
    private final List<RawSocket> sockets = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        start(HttpSettings.DEFAULTS.withMaxConnectionsPerAddress(3), new SocketIoHandlers());
    }

    private void start(HttpSettings settings, SocketIoHandlers socketIo) throws IOException {
        if (server != null) {
            server.close();
        }
        socketIo.of("/")
                .on(
                        "echo",
                        (who, arguments, ack) ->
                                who.emit("echo", arguments.list().size()));
        Routes routes = new Routes();
        new SocketIoTransport(
                        new StreamRegistry(),
                        (origin, host) -> true,
                        socketIo,
                        stream -> StreamEvents.DEFAULTS,
                        Map.of(),
                        settings,
                        budget)
                .addTo(routes);
        server = HttpServer.start(settings.withPort(0), routes, (origin, host) -> true);
        client = new EngineClient(server.address(), "/socket.io/");
    }

    @AfterEach
    void stop() {
        sockets.forEach(RawSocket::close);
        server.close();
    }

    @Test
    void attachments_awaitedByMany_thoseWhoHoldMostAreEnded_andNobodyElse() throws Exception {
        RawSocket good = connected();
        good.send(TWO_ATTACHMENTS).send(new byte[100_000]);
        for (int i = 0; i < 20; i++) {
            connected().send(TWO_ATTACHMENTS).send(new byte[MB]);
        }
        Await.until("those are ended who are too many", () -> budget.ended() >= 12);
        Await.until("little is held", () -> budget.held() <= 8 * MB);
        good.send(new byte[100]);
        assertThat(good.next()).isEqualTo("42[\"echo\",2]");

        sockets.forEach(RawSocket::close);
        Await.until("nothing is held", () -> budget.held() == 0);
    }

    @Test
    void attachments_byPolling_areBoundedToo() throws Exception {
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String session = client.session();
            sessions.add(session);
            assertThat(client.post(session, "40").statusCode()).isEqualTo(200);
            Await.until("it is in", () -> isConnected(session));
            client.post(session, TWO_ATTACHMENTS + "\u001eb" + "AAAA".repeat(MB / 3));
        }
        assertThat(budget.ended()).isGreaterThanOrEqualTo(12);
        assertThat(budget.held()).isLessThanOrEqualTo(8 * MB);
        long gone = 0;
        for (String session : sessions) {
            gone += client.post(session, "3").statusCode() == 400 ? 1 : 0;
        }
        assertThat(gone).isBetween(12L, 14L);
    }

    private boolean isConnected(String session) {
        try {
            return client.get(session).body().contains("40{");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void attachments_thatDoNotCome_1008_andByPollingTheEnd() throws Exception {
        start(HttpSettings.DEFAULTS.withRequestTimeout(Duration.ofMillis(500)), new SocketIoHandlers());
        RawSocket waiting = connected().send(TWO_ATTACHMENTS).send(new byte[10]);
        assertThat(waiting.awaitClose()).isEqualTo("1008 an event's attachments have to be there within 0.5 s");

        String session = client.session();
        client.post(session, "40");
        assertThat(client.get(session).body()).startsWith("40{");
        client.post(session, TWO_ATTACHMENTS);
        assertThat(client.get(session).body()).isEqualTo("1");
        assertThat(client.post(session, "3").statusCode()).isEqualTo(400);
        Await.until("nothing is held", () -> budget.held() == 0);
    }

    @Test
    void beforeConnect_littleIsTaken_byMessageAndInSum() throws Exception {
        assertThat(opened().send("4" + "2".repeat(70_000)).awaitClose())
                .isEqualTo("1009 a client in no namespace may send 65536 bytes");
        assertThat(opened().send(new byte[70_000]).awaitClose()).startsWith("1009 ");
        RawSocket little = opened();
        for (int i = 0; i < 7; i++) {
            little.send("6" + "x".repeat(10_000));
        }
        little.awaitClose();

        String session = client.session();
        assertThat(client.post(session, "6".repeat(70_000)).statusCode()).isEqualTo(413);
        for (int i = 0; i < 6; i++) {
            assertThat(client.post(session, "6" + "x".repeat(10_000)).statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.post(session, "6" + "x".repeat(10_000)).statusCode()).isEqualTo(400);
        assertThat(client.post(session, "6").statusCode()).isEqualTo(400);
    }

    @Test
    void afterConnect_asMuchAsEver() throws Exception {
        RawSocket in = connected();
        in.send("42[\"echo\",\"" + "x".repeat(2 * MB) + "\"]");
        assertThat(in.next()).isEqualTo("42[\"echo\",1]");

        String session = client.session();
        client.post(session, "40");
        assertThat(client.get(session).body()).startsWith("40{");
        assertThat(client.post(session, "42[\"echo\",\"" + "x".repeat(2 * MB) + "\"]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get(session).body()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void eventsOfManyValues_thatWaitForAHandler_countAsWhatTheyTakeInMemory() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        SocketIoHandlers slow = new SocketIoHandlers();
        slow.of("/").on("wait", (who, arguments, ack) -> gate.await());
        start(HttpSettings.DEFAULTS, slow);
        RawSocket in = connected().send("42[\"wait\"]");
        String values = "42[\"wait\"" + ",[]".repeat(30_000) + "]"; // 90 KB, and in memory more than 3 MB
        for (int i = 0; i < 3; i++) {
            in.send(values);
        }
        assertThat(in.awaitClose()).startsWith("1008 unfinished messages from your address");
        gate.countDown();
    }

    @Test
    void noNamespace_inTime_isTheEnd_alsoForOneThatWasRefused() throws Exception {
        start(HttpSettings.DEFAULTS, new SocketIoHandlers().connectTimeout(Duration.ofMillis(500)));
        RawSocket silent = opened();
        RawSocket refused = opened().send("40/nowhere,");
        RawSocket good = connected();
        silent.awaitClose();
        refused.awaitClose();
        assertThat(good.send("42[\"echo\"]").next()).isEqualTo("42[\"echo\",0]");
    }

    @Test
    void sessions_ofOneAddress_areFew_andThoseInNoNamespaceMakeRoom() throws Exception {
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(session(open("198.51.100.7")));
        }
        assertThat(client.post(sessions.get(0), "40").statusCode()).isEqualTo(400);
        for (String session : sessions.subList(1, 4)) {
            assertThat(client.post(session, "40").statusCode()).isEqualTo(200);
            assertThat(client.get(session).body()).startsWith("40{");
        }
        HttpResponse<String> refused = open("198.51.100.7");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("3 sessions of your address");
        assertThat(open("198.51.100.8").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> open(String from) throws Exception {
        URI address =
                URI.create("http://127.0.0.1:" + server.address().getPort() + "/socket.io/?EIO=4&transport=polling");
        return http.send(
                HttpRequest.newBuilder(address).header("X-Forwarded-For", from).build(), BodyHandlers.ofString());
    }

    private static String session(HttpResponse<String> opened) {
        String sid = opened.body().replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        return "?EIO=4&transport=polling&sid=" + sid;
    }

    private RawSocket opened() throws InterruptedException {
        RawSocket socket = client.socket();
        sockets.add(socket);
        assertThat((String) socket.next()).startsWith("0{");
        return socket;
    }

    private RawSocket connected() throws InterruptedException {
        RawSocket socket = opened().send("40");
        assertThat((String) socket.next()).startsWith("40{");
        return socket;
    }
}
