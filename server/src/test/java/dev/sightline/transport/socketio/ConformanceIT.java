package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases of the protocols' public conformance suites (Engine.IO 4, Socket.IO 5) over plain HTTP and WebSocket. */
class ConformanceIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Sessions whose client is silent end within 500 ms. */
    private static ConformanceServer hasty;
    /** So that a busy computer does not end those of tests about something else. */
    private static ConformanceServer patient;

    private static ConformanceServer server;

    @BeforeAll
    static void start() throws IOException {
        hasty = new ConformanceServer(0);
        patient = new ConformanceServer(0, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    @BeforeEach
    void chooseServer(TestInfo test) {
        boolean aboutTime = test.getTestClass()
                .filter(type -> type == Handshake.class || type == Heartbeat.class)
                .isPresent();
        server = aboutTime ? hasty : patient;
    }

    @AfterAll
    static void stop() {
        hasty.close();
        patient.close();
    }

    @Nested
    class Handshake {
        @Test
        void polling_opensASession() throws Exception {
            HttpResponse<String> answer = get("/engine.io/?EIO=4&transport=polling");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
            assertHandshake(answer.body(), "[\"websocket\"]");
        }

        @Test
        void webSocket_opensASession() throws Exception {
            try (RawSocket socket = socket("/engine.io/?EIO=4&transport=websocket")) {
                assertHandshake((String) socket.any(), "[]");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "?EIO=abc&transport=polling",
                    "?EIO=4",
                    "?EIO=4&transport=abc",
                    "?transport=polling",
                    "?EIO=4&transport=polling&sid=nobody",
                    "?EIO=4&transport=websocket"
                })
        void wrongQuery_400(String query) throws Exception {
            HttpResponse<String> answer = get("/engine.io/" + query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer.body()).propertyNames()).containsExactly("code", "message");
        }

        @Test
        void oldProtocol_400NamesTheVersionNeeded() throws Exception {
            HttpResponse<String> answer = get("/socket.io/?EIO=3&transport=polling");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer.body()).get("code").asInt()).isEqualTo(5);
            assertThat(json(answer.body()).get("message").asString())
                    .startsWith("Unsupported protocol version")
                    .contains("EIO=4");
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE"})
        void wrongMethod_400(String method) throws Exception {
            HttpResponse<String> answer = HTTP.send(
                    request("/engine.io/?EIO=4&transport=polling")
                            .method(method, BodyPublishers.ofString("4x"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer.body()).get("code").asInt()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?transport=websocket",
                    "?EIO=abc&transport=websocket",
                    "?EIO=3&transport=websocket",
                    "?EIO=4",
                    "?EIO=4&transport=abc",
                    "?EIO=4&transport=polling",
                    "?EIO=4&transport=websocket&sid=nobody"
                })
        void webSocket_wrongQuery_isRefused(String query) {
            assertThat(RawSocket.isRefused(ws("/engine.io/" + query))).isTrue();
        }

        private static void assertHandshake(String packet, String upgrades) {
            assertThat(packet).startsWith("0");
            JsonNode handshake = json(packet.substring(1));
            assertThat(handshake.propertyNames())
                    .containsExactly("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
            assertThat(handshake.get("sid").isString()).isTrue();
            assertThat(handshake.get("upgrades")).isEqualTo(json(upgrades));
            assertThat(handshake.get("pingInterval").asInt()).isEqualTo(300);
            assertThat(handshake.get("pingTimeout").asInt()).isEqualTo(200);
            assertThat(handshake.get("maxPayload").asInt()).isEqualTo(1_000_000);
        }
    }

    @Nested
    class Messages {
        @ParameterizedTest
        @ValueSource(strings = {"4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA==", "4äöü€"})
        void polling_comeBack(String payload) throws Exception {
            String session = session("/engine.io/");
            HttpResponse<String> posted = post(session, payload);

            assertThat(posted.statusCode()).isEqualTo(200);
            assertThat(posted.body()).isEqualTo("ok");
            assertThat(get(session).body()).isEqualTo(payload);
        }

        @ParameterizedTest
        @ValueSource(strings = {"abc", "", "4a\u001e", "b%%%", "2", "0"})
        void polling_malformed_closesTheSession(String payload) throws Exception {
            String session = session("/engine.io/");

            assertThat(post(session, payload).statusCode()).isEqualTo(400);
            assertThat(get(session).statusCode()).isEqualTo(400);
        }

        @Test
        void polling_secondPoll_closesTheSession() throws Exception {
            String session = session("/engine.io/");
            CompletableFuture<HttpResponse<String>> first = poll(session);
            // Whichever comes first waits; the other is refused.
            CompletableFuture<HttpResponse<String>> other = poll(session + "&t=burst");
            HttpResponse<String> one = first.get(20, TimeUnit.SECONDS);
            HttpResponse<String> second = other.get(20, TimeUnit.SECONDS);

            assertThat(one.statusCode() + second.statusCode()).isEqualTo(600);
            assertThat(one.statusCode() == 200 ? one.body() : second.body()).isEqualTo("1");
            assertThat(get(session).statusCode()).isEqualTo(400);
        }

        @Test
        void polling_clientLeavesItsPoll_closesTheSession() throws Exception {
            String session = session("/engine.io/");
            try (RawClient client = new RawClient(server.address())) {
                client.get(session);
                assertThat(post(session, "4x").statusCode()).isEqualTo(200);
                assertThat(client.readAnswer()).endsWith("4x");
                client.get(session);
            }
            Await.until("the session is closed", () -> status(session) == 400);
        }

        @Test
        void webSocket_comeBack() throws Exception {
            try (RawSocket socket = socket("/engine.io/?EIO=4&transport=websocket")) {
                socket.any();
                socket.send("4hello").send((byte) 1, (byte) 2, (byte) 3, (byte) 4);
                assertThat(socket.next()).isEqualTo("4hello");
                assertThat(socket.next()).isEqualTo(new byte[] {1, 2, 3, 4});
            }
        }

        @Test
        void webSocket_malformed_closesTheSession() throws Exception {
            try (RawSocket socket = socket("/engine.io/?EIO=4&transport=websocket")) {
                socket.any();
                socket.send("abc").awaitClose();
            }
        }
    }

    @Nested
    class Heartbeat {
        @Test
        void polling_pingsAreAnswered() throws Exception {
            String session = session("/engine.io/");
            for (int i = 0; i < 3; i++) {
                assertThat(get(session).body()).isEqualTo("2");
                assertThat(post(session, "3").statusCode()).isEqualTo(200);
            }
        }

        @Test
        void polling_silence_closesTheSession() throws Exception {
            String session = session("/engine.io/");
            assertThat(get(session).body()).isEqualTo("2");
            Await.until("the session is closed", () -> postStatus(session) == 400);
        }

        @Test
        void webSocket_pingsAreAnswered() throws Exception {
            try (RawSocket socket = socket("/engine.io/?EIO=4&transport=websocket")) {
                socket.any();
                for (int i = 0; i < 3; i++) {
                    assertThat(socket.any()).isEqualTo("2");
                    socket.send("3");
                }
            }
        }

        @Test
        void webSocket_silence_closesTheSession() throws Exception {
            try (RawSocket socket = socket("/engine.io/?EIO=4&transport=websocket")) {
                socket.awaitClose();
            }
        }
    }

    @Nested
    class Close {
        @Test
        void polling_answersThePollWithNoop() throws Exception {
            HttpResponse<String> answer = closedWhilePolling();
            while (answer.statusCode() == 400) {
                answer = closedWhilePolling(); // the poll came after the end
            }
            assertThat(answer.body()).isEqualTo("6");
        }

        private static HttpResponse<String> closedWhilePolling() throws Exception {
            String session = session("/engine.io/");
            CompletableFuture<HttpResponse<String>> poll = poll(session);
            assertThat(post(session, "1").statusCode()).isEqualTo(200);
            assertThat(get(session).statusCode()).isEqualTo(400);
            return poll.get(20, TimeUnit.SECONDS);
        }

        @Test
        void webSocket_closes() throws Exception {
            try (RawSocket socket = socket("/engine.io/?EIO=4&transport=websocket")) {
                socket.any();
                socket.send("1").awaitClose();
            }
        }
    }

    @Nested
    class Upgrade {
        @Test
        void probe_answersThePollWithNoop_andMessagesGoOnOverTheWebSocket() throws Exception {
            String session = session("/engine.io/");
            try (RawSocket socket = probed(session)) {
                assertThat(get(session).body()).isEqualTo("6");
                socket.send("5").send("4hello");
                assertThat(socket.next()).isEqualTo("4hello");
            }
        }

        @Test
        void upgraded_requestsWithTheSession_areRefused() throws Exception {
            String session = session("/engine.io/");
            try (RawSocket socket = probed(session)) {
                socket.send("5").send("4a");
                assertThat(socket.next()).isEqualTo("4a");
                assertThat(get(session).statusCode()).isEqualTo(400);
                assertThat(postStatus(session)).isEqualTo(400);
                socket.send("4hello");
                assertThat(socket.next()).isEqualTo("4hello");
            }
        }

        @Test
        void upgraded_secondWebSocket_isClosed() throws Exception {
            String session = session("/engine.io/");
            try (RawSocket socket = probed(session)) {
                socket.send("5").send("4a");
                assertThat(socket.next()).isEqualTo("4a");
                try (RawSocket second = new RawSocket(
                        URI.create("ws" + uri(upgrade(session)).toString().substring(4)))) {
                    second.awaitClose();
                }
                socket.send("4hello");
                assertThat(socket.next()).isEqualTo("4hello");
            }
        }

        @Test
        void probe_wrong_closesTheWebSocketAlone() throws Exception {
            String session = session("/engine.io/");
            try (RawSocket socket = socket(upgrade(session))) {
                socket.send("4hello").awaitClose();
            }
            assertThat(post(session, "4x").statusCode()).isEqualTo(200);
            assertThat(get(session).body()).isEqualTo("4x");
        }

        private static RawSocket probed(String session) throws InterruptedException {
            RawSocket socket = socket(upgrade(session));
            assertThat(socket.send("2probe").any()).isEqualTo("3probe");
            return socket;
        }

        private static String upgrade(String session) {
            return session.replace("transport=polling", "transport=websocket");
        }
    }

    @Nested
    class Connecting {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "40|40|42[\"auth\",{}]",
                    "40{\"token\":\"123\"}|40|42[\"auth\",{\"token\":\"123\"}]",
                    "40/custom,|40/custom,|42/custom,[\"auth\",{}]",
                    "40/custom|40/custom,|42/custom,[\"auth\",{}]",
                    "40/custom,{\"token\":\"abc\"}|40/custom,|42/custom,[\"auth\",{\"token\":\"abc\"}]"
                })
        void knownNamespace_isConnectedAndToldItsAuth(String said) throws Exception {
            String[] parts = said.split("\\|");
            try (RawSocket socket = opened()) {
                String answer = (String) socket.send(parts[0]).next();
                assertThat(answer).startsWith(parts[1]);
                assertThat(json(answer.substring(parts[1].length())).propertyNames())
                        .containsExactly("sid");
                assertThat(socket.next()).isEqualTo(parts[2]);
            }
        }

        @Test
        void unknownNamespace_connectError() throws Exception {
            try (RawSocket socket = opened()) {
                assertThat(socket.send("40/random").next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            }
        }

        @Test
        void disconnect_theSessionGoesOn() throws Exception {
            try (RawSocket socket = connected()) {
                socket.send("41").send("40/custom");
                assertThat((String) socket.next()).startsWith("40/custom,");
            }
        }

        @Test
        void disconnectFromOneNamespace_theOtherGoesOn() throws Exception {
            try (RawSocket socket = connected()) {
                socket.send("40/custom");
                socket.next();
                socket.next();
                socket.send("41/custom").send("42[\"message\",\"message to main namespace\"]");
                assertThat(socket.next()).isEqualTo("42[\"message-back\",\"message to main namespace\"]");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"4abc", "42[\"message\"]", "41", "43[]", "44{}", "40[]", "40\"x\"", "4"})
        void beforeConnect_anythingElse_closes(String packet) throws Exception {
            try (RawSocket socket = opened()) {
                socket.send(packet).awaitClose();
            }
        }
    }

    @Nested
    class Events {
        @Test
        void plain_comesBack() throws Exception {
            try (RawSocket socket = connected()) {
                assertThat(socket.send("42[\"message\",1,\"2\",{\"3\":[true]},null,1.5]")
                                .next())
                        .isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]},null,1.5]");
            }
        }

        @Test
        void binary_comesBack() throws Exception {
            try (RawSocket socket = connected()) {
                socket.send("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                        .send((byte) 1, (byte) 2, (byte) 3)
                        .send((byte) 4, (byte) 5, (byte) 6);
                assertThat(socket.next())
                        .isEqualTo(
                                "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                assertThat(socket.next()).isEqualTo(new byte[] {1, 2, 3});
                assertThat(socket.next()).isEqualTo(new byte[] {4, 5, 6});
            }
        }

        @Test
        void plain_isAcknowledged() throws Exception {
            try (RawSocket socket = connected()) {
                assertThat(socket.send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")
                                .next())
                        .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
            }
        }

        @Test
        void binary_isAcknowledged() throws Exception {
            try (RawSocket socket = connected()) {
                socket.send(
                                "452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                        .send((byte) 1, (byte) 2, (byte) 3)
                        .send((byte) 4, (byte) 5, (byte) 6);
                assertThat(socket.next())
                        .isEqualTo("462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                assertThat(socket.next()).isEqualTo(new byte[] {1, 2, 3});
                assertThat(socket.next()).isEqualTo(new byte[] {4, 5, 6});
            }
        }

        @Test
        void server_asksForAcknowledgements() throws Exception {
            try (RawSocket socket = connected()) {
                assertThat(socket.send("42[\"emit-with-ack\",\"x\"]").next()).isEqualTo("420[\"emit-with-ack\",\"x\"]");
                assertThat(socket.send("430[1,2]").next()).isEqualTo("42[\"answer\",1,2]");
                assertThat(socket.send("42[\"emit-with-ack\"]").next()).isEqualTo("421[\"emit-with-ack\"]");
                socket.send("461-1[{\"_placeholder\":true,\"num\":0}]").send((byte) 7);
                assertThat(socket.next()).isEqualTo("451-[\"answer\",{\"_placeholder\":true,\"num\":0}]");
                assertThat(socket.next()).isEqualTo(new byte[] {7});
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "4abc",
                    "42{}",
                    "42abc[\"message\",1]",
                    "42",
                    "42[]",
                    "42[1]",
                    "42[\"connect\"]",
                    "40",
                    "4511-[\"message\"]",
                    "4599999999999-[\"message\"]",
                    "45-[\"message\"]",
                    "451[\"message\"]",
                    "43[]",
                    "4212345678901234567890[\"message\"]",
                    "42/unknown,[\"message\"]",
                    "42[\"message\"] 1"
                })
        void malformed_closes(String packet) throws Exception {
            try (RawSocket socket = connected()) {
                socket.send(packet).awaitClose();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "451-[\"message\"]|text",
                    "451-[\"message\",{\"_placeholder\":true,\"num\":1}]|binary",
                    "451-[\"message\",{\"_placeholder\":true}]|binary",
                    "42[\"unknown\"]|binary"
                })
        void attachmentsThatDoNotFit_close(String said) throws Exception {
            try (RawSocket socket = connected()) {
                socket.send(said.substring(0, said.lastIndexOf('|')));
                if (said.endsWith("text")) {
                    socket.send("42[\"message\"]");
                } else {
                    socket.send((byte) 1);
                }
                socket.awaitClose();
            }
        }

        @Test
        void attachments_longerThanAllowedTogether_close() throws Exception {
            try (RawSocket socket = connected()) {
                socket.send("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                socket.send(new byte[600_000]).send(new byte[600_000]).awaitClose();
            }
        }

        @Test
        void manyJsonValues_close() throws Exception {
            try (RawSocket socket = connected()) {
                socket.send("42[\"message\"" + ",{}".repeat(200_000) + "]").awaitClose();
            }
        }

        @Test
        void polling_carriesTheSame() throws Exception {
            String session = session("/socket.io/");
            post(session, "40");
            assertThat(get(session).body()).startsWith("40{\"sid\":");
            post(session, "451-7[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
            String heard = get(session).body();
            while (!heard.startsWith("46")) {
                heard = heard.equals("2") || heard.startsWith("42")
                        ? get(session).body()
                        : "failed: " + heard;
                assertThat(heard).doesNotStartWith("failed");
            }
            assertThat(heard).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
        }
    }

    private static RawSocket opened() throws InterruptedException {
        RawSocket socket = socket("/socket.io/?EIO=4&transport=websocket");
        assertThat((String) socket.any()).startsWith("0");
        return socket;
    }

    private static RawSocket connected() throws InterruptedException {
        RawSocket socket = opened();
        socket.send("40");
        assertThat((String) socket.next()).startsWith("40");
        assertThat(socket.next()).isEqualTo("42[\"auth\",{}]");
        return socket;
    }

    /** Opens a session over long-polling; its address. */
    private static String session(String path) throws Exception {
        String address = path + "?EIO=4&transport=polling";
        return address + "&sid="
                + json(get(address).body().substring(1)).get("sid").asString();
    }

    private static RawSocket socket(String path) {
        return new RawSocket(ws(path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private static CompletableFuture<HttpResponse<String>> poll(String path) {
        return HTTP.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static int status(String path) {
        return poll(path).join().statusCode();
    }

    private static int postStatus(String path) {
        return HTTP.sendAsync(request(path).POST(BodyPublishers.ofString("6")).build(), BodyHandlers.ofString())
                .join()
                .statusCode();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).version(HttpClient.Version.HTTP_1_1);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static URI ws(String path) {
        return URI.create("ws://127.0.0.1:" + server.address().getPort() + path);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
