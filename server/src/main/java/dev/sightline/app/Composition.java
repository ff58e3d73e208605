package dev.sightline.app;

import dev.sightline.auth.Origins;
import dev.sightline.config.ConfigException;
import dev.sightline.config.Problems;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.camera.CameraScheme;
import dev.sightline.source.file.FileScheme;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.source.rtsp.RtspScheme;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.tls.Tls;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.socketio.StreamEvents;
import dev.sightline.transport.webrtc.WebRtcTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the server together from its configuration: the one place that knows the concrete parts of every room.
 *
 * <p>First {@link #of} judges the whole configuration, then {@link #start} takes ports and opens sources.
 */
public final class Composition {
    private static final SourceSchemes SCHEMES = new SourceSchemes(
            List.of(new PatternScheme(), new FileScheme(), new CameraScheme(), new RtspScheme(), new HttpScheme()),
            StreamPlan.PUSHED);

    private final SightlineConfig config;
    private final Certificates certificates;
    private final Map<String, StreamPlan> streams;
    private final Additions additions;

    private Composition(
            SightlineConfig config, Certificates certificates, Map<String, StreamPlan> streams, Additions additions) {
        this.config = config;
        this.certificates = certificates;
        this.streams = streams;
        this.additions = additions;
    }

    /**
     * What the configuration describes, nothing of it started.
     *
     * @param folder what relative paths in it are relative to
     * @param additions what comes as code
     * @throws ConfigException if anything in it cannot be; all of it is told
     */
    public static Composition of(SightlineConfig config, Path folder, Additions additions) {
        Problems problems = new Problems();
        Judgement.of(config, additions.addresses(), problems);
        ProcessorCatalog catalog = ProcessorCatalog.builtIn()
                .with(additions.processors())
                .with(UserProcessors.load(config.processors(), folder));
        Map<String, StreamPlan> streams = new LinkedHashMap<>();
        config.streams().forEach((name, stream) -> plan(name, stream, folder, catalog, problems, streams));
        problems.throwIfAny();
        return new Composition(config, Certificates.of(config.http(), folder), streams, additions);
    }

    /** The source of an address, by default options. */
    static Source source(String address) {
        return SCHEMES.source(address, SourceOptions.DEFAULTS);
    }

    /**
     * Judges whether files and cameras are there, which may change while it runs.
     *
     * @throws ConfigException with the reason if one is not
     */
    public void refuseAbsent() {
        for (StreamPlan stream : streams.values()) {
            stream.source().flatMap(Source::absence).ifPresent(reason -> {
                throw new ConfigException(reason);
            });
        }
    }

    /**
     * Starts everything.
     *
     * @throws IOException if the port cannot be had; the message says why
     * @throws ConfigException if there should be a certificate, and none can be made
     */
    public RunningServer start() throws IOException {
        Optional<Tls> tls = certificates.open();
        StreamRegistry registry = new StreamRegistry();
        Origins origins = new Origins(config.http().allowedOrigins());
        SocketIoTransport socketIo = new SocketIoTransport(
                registry, origins::allows, additions.socketIo(), streamEvents(), additions.payloads());
        WebRtcTransport webRtc =
                WebRtcTransport.open(registry, config.media(), config.http().host());
        Rooms rooms = new Rooms(registry, socketIo, webRtc, tls, config.http().host());
        List<HttpServer> listening = new ArrayList<>();
        RunningServer server = new RunningServer(listening, webRtc, tls, registry);
        try {
            listening.add(listen(config.http(), rooms.routes(additions), tls, Set.of()));
            for (var further : rooms.furtherPorts(additions.addresses()).entrySet()) {
                HttpSettings settings = config.http().withPort(further.getKey());
                listening.add(listen(
                        settings, further.getValue(), tls, Set.of(server.ports().get(0))));
            }
            webRtc.warn();
            streams.forEach((name, stream) -> stream.start(name, registry));
            // Who came early, as pages do that try again, finds all streams.
            listening.forEach(HttpServer::accept);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server.up();
    }

    private static HttpServer listen(HttpSettings settings, Routes routes, Optional<Tls> tls, Set<Integer> ownPorts)
            throws IOException {
        Origins origins = new Origins(settings.allowedOrigins(), ownPorts);
        return HttpServer.bind(settings, routes, origins::allows, tls.map(current -> current::context));
    }

    private Map<String, StreamEvents> streamEvents() {
        Map<String, StreamEvents> events = new LinkedHashMap<>();
        config.streams().forEach((name, stream) -> events.put(name, stream.socketIo()));
        return events;
    }

    private static void plan(
            String name,
            StreamConfig stream,
            Path folder,
            ProcessorCatalog catalog,
            Problems problems,
            Map<String, StreamPlan> streams) {
        List<NamedProcessor> processors = catalog.resolve(stream.process(), problems);
        List<NamedProcessor> choices = catalog.resolve(stream.clientProcessors(), problems);
        try {
            StreamRegistry.checkName(name);
            PipelineRecipe recipe = PipelineRecipe.of(processors).withChoices(choices);
            streams.put(
                    name,
                    StreamPlan.of(stream, recipe, () -> SCHEMES.source(stream.source(), stream.sourceOptions(folder))));
        } catch (IllegalArgumentException e) {
            problems.add(stream.process().place(), "stream '" + name + "': " + e.getMessage());
        }
    }
}
