package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.limits.InputBudget;
import dev.sightline.testkit.Await;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A WebSocket takes over from long-polling; the cases of the public conformance suite. */
class UpgradeIT {
    private static EchoServer server;
    private static EngineClient client;

    @BeforeAll
    static void start() throws IOException {
        server = new EchoServer(EchoServer.PATIENT);
        client = new EngineClient(server.address(), "/engine.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void probe_answersThePollWithNoop_andMessagesGoOnOverTheWebSocket() throws Exception {
        String session = client.session();
        try (RawSocket socket = probed(session)) {
            assertThat(client.get(session).body()).isEqualTo("6");
            socket.send("5").send("4hello");
            assertThat(socket.next()).isEqualTo("4hello");
        }
    }

    @Test
    void upgraded_requestsWithTheSession_areRefused() throws Exception {
        String session = client.session();
        try (RawSocket socket = probed(session)) {
            socket.send("5").send("4a");
            assertThat(socket.next()).isEqualTo("4a");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
            assertThat(client.postStatus(session)).isEqualTo(400);
            socket.send("4hello");
            assertThat(socket.next()).isEqualTo("4hello");
            Await.until(
                    "the refused POST does not count",
                    () -> InputBudget.ofProcess().held() == 0);
        }
    }

    @RepeatedTest(20) // the event loops that meet are others each time
    void upgraded_requestRightBehindIt_byAnotherConnection_isRefused() throws Exception {
        String session = client.session();
        try (RawSocket socket = client.socket(upgrade(session))) {
            socket.send("2probe").send("5");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
            assertThat(socket.send("4hello").next()).isEqualTo("3probe");
            assertThat(socket.next()).isEqualTo("4hello");
        }
    }

    @Test
    void upgraded_pollThatWasOnItsWay_isAnsweredWithNoop_once() throws Exception {
        String session = client.session();
        client.post(session, "4x");
        assertThat(client.get(session).body()).isEqualTo("4x");
        try (RawSocket socket = probed(session)) {
            socket.send("5").send("4a");
            assertThat(socket.next()).isEqualTo("4a");
            assertThat(client.get(session).body()).isEqualTo("6");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
            assertThat(socket.send("4b").next()).isEqualTo("4b");
        }
    }

    @Test
    void upgraded_secondWebSocket_isClosed() throws Exception {
        String session = client.session();
        try (RawSocket socket = probed(session)) {
            socket.send("5").send("4a");
            assertThat(socket.next()).isEqualTo("4a");
            try (RawSocket second = client.socket(upgrade(session))) {
                second.awaitClose();
            }
            socket.send("4hello");
            assertThat(socket.next()).isEqualTo("4hello");
        }
    }

    @Test
    void probe_wrong_closesTheWebSocketAlone() throws Exception {
        String session = client.session();
        try (RawSocket socket = client.socket(upgrade(session))) {
            socket.send("4hello").awaitClose();
        }
        assertThat(client.post(session, "4x").statusCode()).isEqualTo(200);
        assertThat(client.get(session).body()).isEqualTo("4x");
    }

    private static RawSocket probed(String session) throws InterruptedException {
        RawSocket socket = client.socket(upgrade(session));
        assertThat(socket.send("2probe").any()).isEqualTo("3probe");
        return socket;
    }

    private static String upgrade(String session) {
        return session.replace("transport=polling", "transport=websocket");
    }
}
