package dev.sightline.admin;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.StreamStatus;
import dev.sightline.transport.websocket.WebSocketTransport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server with the pages and pictures for them, which can be stopped and started again at the same address. */
final class Site implements AutoCloseable {
    private static final SourceSchemes SCHEMES = new SourceSchemes(List.of(new PatternScheme()));

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private StreamRegistry streams = new StreamRegistry();
    private HttpServer server;
    private int port;

    Site() throws IOException {
        start();
    }

    /** Adds a stream of the test picture. */
    Site with(String name) {
        return with(name, SCHEMES.source("pattern:320x240@30", SourceOptions.DEFAULTS));
    }

    Site with(String name, Source source) {
        sources.put(name, source);
        streams.start(name, source, Pipeline.of(List.of()), false);
        return this;
    }

    /** Starts it again after {@link #close}, with the same streams. */
    void start() throws IOException {
        streams = new StreamRegistry();
        Routes routes = new Routes();
        Admin.addTo(routes, streams, new Metrics(), "1.2.3");
        new WebSocketTransport(streams).addTo(routes);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(port), routes, (origin, host) -> true);
        port = server.address().getPort();
        sources.forEach((name, source) -> streams.start(name, source, Pipeline.of(List.of()), false));
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** How many watch each stream. */
    List<Integer> viewers() {
        return streams.all().stream()
                .map(stream -> stream.status())
                .map(StreamStatus::viewers)
                .toList();
    }

    @Override
    public void close() {
        streams.close();
        server.close();
    }
}
