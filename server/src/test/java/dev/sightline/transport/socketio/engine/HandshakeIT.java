package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How sessions are opened, and refused; the cases of the public conformance suite. */
class HandshakeIT {
    private static EchoServer server;
    private static EngineClient client;

    @BeforeAll
    static void start() throws IOException {
        server = new EchoServer(EchoServer.HASTY);
        client = new EngineClient(server.address(), "/engine.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void polling_opensASession() throws Exception {
        HttpResponse<String> answer = client.get("?EIO=4&transport=polling");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
        assertHandshake(answer.body(), "[\"websocket\"]");
    }

    @Test
    void webSocket_opensASession() throws Exception {
        try (RawSocket socket = client.socket()) {
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
        HttpResponse<String> answer = client.get(query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(EngineClient.json(answer.body()).propertyNames()).containsExactly("code", "message");
    }

    @Test
    void oldProtocol_400NamesTheVersionNeeded() throws Exception {
        HttpResponse<String> answer = client.get("?EIO=3&transport=polling");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(EngineClient.json(answer.body()).get("code").asInt()).isEqualTo(5);
        assertThat(EngineClient.json(answer.body()).get("message").asString())
                .startsWith("Unsupported protocol version")
                .contains("EIO=4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void wrongMethod_400(String method) throws Exception {
        HttpResponse<String> answer = client.send(
                        client.request("?EIO=4&transport=polling").method(method, BodyPublishers.ofString("4x")))
                .join();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(EngineClient.json(answer.body()).get("code").asInt()).isEqualTo(2);
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
        assertThat(RawSocket.isRefused(client.ws(query))).isTrue();
    }

    private static void assertHandshake(String packet, String upgrades) {
        assertThat(packet).startsWith("0");
        JsonNode handshake = EngineClient.json(packet.substring(1));
        assertThat(handshake.propertyNames())
                .containsExactly("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(handshake.get("sid").isString()).isTrue();
        assertThat(handshake.get("upgrades")).isEqualTo(EngineClient.json(upgrades));
        assertThat(handshake.get("pingInterval").asInt()).isEqualTo(300);
        assertThat(handshake.get("pingTimeout").asInt()).isEqualTo(200);
        assertThat(handshake.get("maxPayload").asInt()).isEqualTo(1_000_000);
    }
}
