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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may join, and leave untaken. */
class ClientLimitsIT {
    private static final int NAMESPACES = 17;
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final List<String> disconnected = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private HttpServer server;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        SocketIoHandlers socketIo = new SocketIoHandlers().maxPayload(MEGABYTE.length());
        for (int i = 0; i < NAMESPACES; i++) {
            socketIo.of("/n" + i);
        }
        socketIo.of("/")
                .on("talk", (who, arguments, ack) -> {
                    for (int i = 0; i < 6; i++) {
                        who.emit("words", MEGABYTE);
                    }
                })
                .on("wait", (who, arguments, ack) -> gate.await())
                .onDisconnect((who, reason) -> disconnected.add(reason));
        Routes routes = new Routes();
        new SocketIoTransport(
                        new StreamRegistry(),
                        (origin, host) -> true,
                        socketIo,
                        stream -> StreamEvents.DEFAULTS,
                        Map.of(),
                        HttpSettings.DEFAULTS,
                        InputBudget.ofProcess())
                .addTo(routes);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
        client = new EngineClient(server.address(), "/socket.io/");
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.close();
    }

    @Test
    void namespaces_moreThan16_isTheEnd() throws Exception {
        try (RawSocket socket = client.socket()) {
            assertThat((String) socket.next()).startsWith("0{");
            for (int i = 0; i < NAMESPACES - 1; i++) {
                socket.send("40/n" + i + ",");
                assertThat((String) socket.next()).startsWith("40/n" + i + ",{");
            }
            socket.send("40/n16,");
            socket.awaitClose();
        }
    }

    @Test
    void untaken_moreThan4MiB_isTheEnd() throws Exception {
        String session = client.session();
        client.post(session, "40");
        assertThat(client.get(session).body()).startsWith("40{");
        client.post(session, "42[\"talk\"]");
        Await.until("it is let go", () -> !disconnected.isEmpty());
        assertThat(disconnected).containsExactly("too slow");
    }

    @Test
    void waiting_moreThanAMessageMayHave_isTheEnd() throws Exception {
        try (RawSocket socket = client.socket()) {
            assertThat((String) socket.next()).startsWith("0{");
            assertThat((String) socket.send("40").next()).startsWith("40{");
            for (int i = 0; i < 7; i++) {
                socket.send("42[\"wait\",\"" + "x".repeat(300_000) + "\"]");
            }
            socket.awaitClose();
        }
        gate.countDown();
        Await.until("it is let go", () -> !disconnected.isEmpty());
        assertThat(disconnected).containsExactly("parse error: more events than the handlers can take");
    }
}
