package dev.sightline.transport.socketio.engine;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** A server of Engine.IO alone, which sends every message back, as the protocol's public conformance suite expects. */
public final class EchoServer implements AutoCloseable {
    private static final String PATH = "/engine.io";

    /** The suite's times and limits: sessions whose client is silent end within 500 ms. */
    public static final EngineSettings HASTY = EngineSettings.DEFAULTS
            .withPings(Duration.ofMillis(300), Duration.ofMillis(200))
            .withMaxPayload(1_000_000);

    /** With more time, so that a busy computer does not end the sessions of tests about something else. */
    public static final EngineSettings PATIENT = HASTY.withPings(Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final HttpServer server;
    private final Engine engine;

    EchoServer(EngineSettings settings) throws IOException {
        Routes routes = new Routes();
        engine = engine(settings);
        engine.addTo(routes, PATH);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> true);
    }

    /** Adds {@code /engine.io/}. */
    public static void addTo(Routes routes, EngineSettings settings) {
        engine(settings).addTo(routes, PATH);
    }

    private static Engine engine(EngineSettings settings) {
        return new Engine(
                settings,
                (origin, host) -> true,
                refusal -> {},
                (session, request) -> {
                    session.trust();
                    return new Echo(session);
                },
                InputBudget.ofProcess());
    }

    Engine engine() {
        return engine;
    }

    InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
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
    }
}
