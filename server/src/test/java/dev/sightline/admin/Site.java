package dev.sightline.admin;

import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.OriginPolicy;
import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.testkit.Browser;
import dev.sightline.transport.mjpeg.MjpegTransport;
import dev.sightline.transport.websocket.WebSocketTransport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A server with the pages and pictures for them, which can be stopped and started again at the same address. */
final class Site implements AutoCloseable {
    private static final SourceSchemes SCHEMES = new SourceSchemes(List.of(new PatternScheme()));

    /** What starts each stream. */
    private final Map<String, Consumer<StreamRegistry>> starts = new LinkedHashMap<>();

    private final OriginPolicy origins;
    private StreamRegistry streams = new StreamRegistry();
    private HttpServer server;
    private int port;

    Site() throws IOException {
        this((origin, host) -> true);
    }

    Site(OriginPolicy origins) throws IOException {
        this.origins = origins;
        start();
    }

    /** Adds a stream of the test picture. */
    Site with(String name) {
        return with(name, SCHEMES.source("pattern:320x240@15", SourceOptions.DEFAULTS));
    }

    Site with(String name, Source source) {
        return with(name, registry -> registry.start(name, source, Pipeline.of(List.of()), false));
    }

    /** Adds a stream that a browser feeds, for everybody to watch. */
    Site withPublished(String name, PipelineRecipe recipe) {
        return with(name, registry -> registry.startPublished(name, recipe));
    }

    /** Adds a stream that gives each sender their own result. */
    Site withMirror(String name, PipelineRecipe recipe) {
        return with(name, registry -> registry.startMirror(name, recipe, Mirror.DEFAULT_SESSIONS));
    }

    private Site with(String name, Consumer<StreamRegistry> start) {
        starts.put(name, start);
        start.accept(streams);
        return this;
    }

    /** Starts it again after {@link #close}, with the same streams. */
    void start() throws IOException {
        streams = new StreamRegistry();
        Routes routes = new Routes();
        Admin.addTo(routes, streams, new Unconfigured(), new Metrics(), "1.2.3");
        new WebSocketTransport(streams).addTo(routes);
        new MjpegTransport(streams).addTo(routes);
        server = HttpServer.start(HttpSettings.DEFAULTS.withPort(port), routes, origins);
        port = server.address().getPort();
        starts.values().forEach(start -> start.accept(streams));
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The same by a name, as from another computer. */
    String lanAddress(String path) {
        return "http://" + Browser.LAN_NAME + ":" + port + path;
    }

    /** How many pictures a stream has made. */
    long frames(String name) {
        try {
            return streams.find(name).status().frames();
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
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
