package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.transport.socketio.engine.EchoServer;
import dev.sightline.transport.socketio.engine.EngineClient;
import dev.sightline.transport.socketio.engine.RawSocket;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The cases of the protocol's public conformance suite (Socket.IO 5) over plain HTTP and WebSocket. */
class ConformanceIT {
    private static ConformanceServer server;
    private static EngineClient client;

    @BeforeAll
    static void start() throws IOException {
        server = new ConformanceServer(0, EchoServer.PATIENT);
        client = new EngineClient(server.address(), "/socket.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
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
                assertThat(JsonMapper.shared()
                                .readTree(answer.substring(parts[1].length()))
                                .propertyNames())
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
            String session = client.session();
            client.post(session, "40");
            assertThat(client.get(session).body()).startsWith("40{\"sid\":");
            client.post(session, "451-7[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
            String heard = ""; // a payload may hold more than the answer: what was emitted, and pings
            while (!heard.contains("461-7")) {
                HttpResponse<String> answer = client.get(session);
                assertThat(answer.statusCode()).isEqualTo(200);
                heard = answer.body();
            }
            assertThat(heard).endsWith("461-7[{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
        }
    }

    private static RawSocket opened() throws InterruptedException {
        RawSocket socket = client.socket();
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
}
