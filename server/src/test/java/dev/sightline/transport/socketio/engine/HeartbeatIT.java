package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients are asked whether they live; the cases of the public conformance suite. */
class HeartbeatIT {
    private static EchoServer server;
    private static EngineClient client;
    /** Asks as often, but leaves a busy computer time to answer. */
    private static EchoServer lenient;

    private static EngineClient lenientClient;

    @BeforeAll
    static void start() throws IOException {
        server = new EchoServer(EchoServer.HASTY);
        client = new EngineClient(server.address(), "/engine.io/");
        lenient = new EchoServer(EchoServer.HASTY.withPings(Duration.ofMillis(300), Duration.ofSeconds(20)));
        lenientClient = new EngineClient(lenient.address(), "/engine.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
        lenient.close();
    }

    @Test
    void polling_pingsAreAnswered() throws Exception {
        String session = lenientClient.session();
        for (int i = 0; i < 3; i++) {
            assertThat(lenientClient.get(session).body()).isEqualTo("2");
            assertThat(lenientClient.post(session, "3").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void polling_silence_closesTheSession_andAnswersThePollOnItsWay() throws Exception {
        String session = client.session();
        assertThat(client.get(session).body()).isEqualTo("2");
        Await.until("the session is closed", () -> client.postStatus(session) == 400);
        assertThat(client.get(session).body()).isEqualTo("6");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void polling_afterTheWholeTime_isRefused_howeverLateTheServersTimersAre() throws Exception {
        String session = client.session();
        long opened = System.nanoTime();
        Await.until("interval and time-out are over", () -> System.nanoTime() - opened >= 500_000_000);
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void webSocket_pingsAreAnswered() throws Exception {
        try (RawSocket socket = lenientClient.socket()) {
            socket.any();
            for (int i = 0; i < 3; i++) {
                assertThat(socket.any()).isEqualTo("2");
                socket.send("3");
            }
        }
    }

    @Test
    void webSocket_silence_closesTheSession() throws Exception {
        try (RawSocket socket = client.socket()) {
            socket.awaitClose();
        }
    }
}
