package dev.sightline.transport.socketio;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.stream.StreamRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
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
    static final Duration PING_INTERVAL = Duration.ofMillis(300);
    static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    static final int MAX_PAYLOAD = 1_000_000;

    private final StreamRegistry streams = new StreamRegistry();
    private final HttpServer server;

    /** A server with the suites' times and limits. */
    public ConformanceServer(int port) throws IOException {
        this(port, PING_INTERVAL, PING_TIMEOUT);
    }

    /** A server with the suites' limits. */
    ConformanceServer(int port, Duration pingInterval, Duration pingTimeout) throws IOException {
        Routes routes = new Routes();
        SocketIo socketIo = new SocketIo().pings(pingInterval, pingTimeout).maxPayload(MAX_PAYLOAD);
        describe(socketIo.of("/"));
        describe(socketIo.of("/custom"));
        new SocketIoTransport(streams, (origin, host) -> true, socketIo, Map.of(), Map.of()).addTo(routes);
        new Engine(socketIo.settings(), (origin, host) -> true, new Figures(), (session, request) -> new Echo(session))
                .addTo(routes, "/engine.io");
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(port), routes, (origin, host) -> true);
    }

    /** Serves the suites until it is ended. */
    public static void main(String... arguments) throws Exception {
        try (ConformanceServer server = new ConformanceServer(3000)) {
            Thread.currentThread().join();
        }
    }

    InetSocketAddress address() {
        return server.address();
    }

    private static void describe(Namespace namespace) {
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

    private record Echo(EngineSession session) implements EngineListener {
        @Override
        public void onText(String message) {
            session.send(Wire.message(message, List.of()));
        }

        @Override
        public void onBinary(byte[] message) {
            session.send(Wire.binary(ByteBuffer.wrap(message)));
        }

        @Override
        public void onClose(String reason) {
            // nothing to let go
        }
    }
}
