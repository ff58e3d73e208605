package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients say comes back, until they say what is no packet, or leave; the cases of the public conformance suite. */
class MessagesIT {
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

    @ParameterizedTest
    @ValueSource(strings = {"4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA==", "4äöü€"})
    void polling_comeBack(String payload) throws Exception {
        String session = client.session();
        HttpResponse<String> posted = client.post(session, payload);

        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");
        assertThat(client.get(session).body()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "4a\u001e", "b%%%", "2", "0"})
    void polling_malformed_closesTheSession(String payload) throws Exception {
        String session = client.session();

        assertThat(client.post(session, payload).statusCode()).isEqualTo(400);
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void polling_secondPoll_closesTheSession() throws Exception {
        String session = client.session();
        CompletableFuture<HttpResponse<String>> first = client.poll(session);
        // Whichever comes first waits; the other is refused.
        CompletableFuture<HttpResponse<String>> other = client.poll(session + "&t=burst");
        HttpResponse<String> one = first.get(20, TimeUnit.SECONDS);
        HttpResponse<String> second = other.get(20, TimeUnit.SECONDS);

        assertThat(one.statusCode() + second.statusCode()).isEqualTo(600);
        assertThat(one.statusCode() == 200 ? one.body() : second.body()).isEqualTo("1");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void polling_clientLeavesItsPoll_closesTheSession() throws Exception {
        String session = client.session();
        try (RawClient leaving = new RawClient(server.address())) {
            leaving.get("/engine.io/" + session);
            assertThat(client.post(session, "4x").statusCode()).isEqualTo(200);
            assertThat(leaving.readAnswer()).endsWith("4x");
            leaving.get("/engine.io/" + session);
        }
        Await.until("the session is closed", () -> client.status(session) == 400);
    }

    @Test
    void webSocket_comeBack() throws Exception {
        try (RawSocket socket = client.socket()) {
            socket.any();
            socket.send("4hello").send((byte) 1, (byte) 2, (byte) 3, (byte) 4);
            assertThat(socket.next()).isEqualTo("4hello");
            assertThat(socket.next()).isEqualTo(new byte[] {1, 2, 3, 4});
        }
    }

    @Test
    void webSocket_malformed_closesTheSession() throws Exception {
        try (RawSocket socket = client.socket()) {
            socket.any();
            socket.send("abc").awaitClose();
        }
    }

    @Test
    void polling_closed_answersThePollThatWaits_orIsOnItsWay() throws Exception {
        String session = client.session();
        CompletableFuture<HttpResponse<String>> poll = client.poll(session); // may come before the end, or after
        assertThat(client.post(session, "1").statusCode()).isEqualTo(200);
        assertThat(poll.get(20, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void polling_closed_thePollThatComesAfterIt_isAnsweredOnce() throws Exception {
        String session = client.session();
        assertThat(client.post(session, "1").statusCode()).isEqualTo(200);
        assertThat(client.get(session).body()).isEqualTo("6");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void polling_closedByTheServer_theNextPollIsToldOnce() throws Exception {
        String session = client.session();
        client.post(session, "4x");
        assertThat(client.get(session).body()).isEqualTo("4x");
        assertThat(client.post(session, "malformed").statusCode()).isEqualTo(400);
        assertThat(client.get(session).body()).isEqualTo("1");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void webSocket_closes() throws Exception {
        try (RawSocket socket = client.socket()) {
            socket.any();
            socket.send("1").awaitClose();
        }
    }
}
