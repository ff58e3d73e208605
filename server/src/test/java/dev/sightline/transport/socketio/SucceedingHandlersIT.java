package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.socketio.engine.EngineClient;
import dev.sightline.transport.socketio.engine.RawSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another version of a program has other handlers; its clients stay. */
class SucceedingHandlersIT {
    private final SocketIoHandlers first = saying("first");
    private final SocketIoHandlers second = saying("second");
    private HttpServer server;
    private SocketIoTransport transport;
    private RawSocket client;

    @BeforeEach
    void start() throws Exception {
        first.of("/old").on("say", (who, arguments, ack) -> who.emit("said", "old"));
        HttpSettings settings = HttpSettings.DEFAULTS.withPort(0);
        Routes routes = new Routes();
        transport = new SocketIoTransport(
                new StreamRegistry(),
                (origin, host) -> true,
                first,
                stream -> StreamEvents.DEFAULTS,
                Map.of(),
                settings,
                InputBudget.ofProcess());
        transport.addTo(routes);
        server = HttpServer.start(settings, routes, (origin, host) -> true);
        client = new EngineClient(server.address(), "/socket.io/").socket();
        client.next();
        client.send("40");
        client.next();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static SocketIoHandlers saying(String version) {
        SocketIoHandlers handlers = new SocketIoHandlers();
        handlers.of("/").on("say", (who, arguments, ack) -> who.emit("said", version));
        return handlers;
    }

    @Test
    void use_otherHandlers_servePresentClients_andReachThem() throws Exception {
        assertThat(said()).isEqualTo("42[\"said\",\"first\"]");
        transport.use(second, Map.of());

        assertThat(said()).isEqualTo("42[\"said\",\"second\"]");
        second.of("/").emit("all", 1);
        assertThat(client.next()).isEqualTo("42[\"all\",1]");
        assertThat(second.of("/").clients()).hasSize(1);

        transport.use(saying("third"), Map.of());
        assertThat(said()).isEqualTo("42[\"said\",\"third\"]");
        transport.use(second, Map.of());
        assertThat(said()).as("the version before, brought back").isEqualTo("42[\"said\",\"second\"]");
    }

    @Test
    void use_withoutNamespace_refusesNewClientsThere() throws Exception {
        transport.use(second, Map.of());
        client.send("40/old,");

        assertThat((String) client.next()).contains("44/old,", "Invalid namespace");
    }

    private Object said() throws Exception {
        return client.send("42[\"say\"]").next();
    }
}
