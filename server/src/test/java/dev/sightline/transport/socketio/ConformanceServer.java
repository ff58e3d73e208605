package dev.sightline.transport.socketio;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.socketio.engine.EchoServer;
import dev.sightline.transport.socketio.engine.EngineSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * The small program that the public conformance suites of Engine.IO and Socket.IO are run against: {@code /engine.io/}
 * echoes every message, and {@code /socket.io/} has the namespaces {@code /} and {@code /custom}, which tell each client
 * its {@code auth}, send {@code message} back as {@code message-back} and acknowledge {@code message-with-ack}; with
 * {@code emit-with-ack} a client is asked for an acknowledgement, whose arguments come back as {@code emit-with-ack}.
 *
 * <p>Run as a program it listens on port 3000, as the suites expect.
 */
public final class ConformanceServer implements AutoCloseable {
    private final StreamRegistry streams = new StreamRegistry();
    private final HttpServer server;

    ConformanceServer(int port, EngineSettings settings) throws IOException {
        Routes routes = new Routes();
        EchoServer.addTo(routes, settings);
        SocketIoHandlers socketIo = new SocketIoHandlers()
                .pings(settings.pingInterval(), settings.pingTimeout())
                .maxPayload(settings.maxPayload());
        describe(socketIo.of("/"));
        describe(socketIo.of("/custom"));
        new SocketIoTransport(
                        streams,
                        (origin, host) -> true,
                        socketIo,
                        stream -> StreamEvents.DEFAULTS,
                        Map.of(),
                        HttpSettings.DEFAULTS,
                        InputBudget.ofProcess())
                .addTo(routes);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(port), routes, (origin, host) -> true);
    }

    /** Serves the suites until it is ended. */
    public static void main(String... arguments) throws Exception {
        try (ConformanceServer server = new ConformanceServer(3000, EchoServer.HASTY)) {
            Thread.currentThread().join();
        }
    }

    InetSocketAddress address() {
        return server.address();
    }

    private static void describe(OpenNamespace namespace) {
        namespace
                .onConnect(client -> client.emit("auth", client.handshake().auth()))
                .on(
                        "message",
                        (client, arguments, ack) ->
                                client.emit("message-back", arguments.list().toArray()))
                .on(
                        "message-with-ack",
                        (client, arguments, ack) -> ack.send(arguments.list().toArray()))
                .on(
                        "emit-with-ack",
                        (client, arguments, ack) -> client.request(
                                        Duration.ofSeconds(20),
                                        "emit-with-ack",
                                        arguments.list().toArray())
                                .thenAccept(answer ->
                                        client.emit("answer", answer.list().toArray())));
    }

    @Override
    public void close() {
        server.close();
        streams.close();
    }
}
