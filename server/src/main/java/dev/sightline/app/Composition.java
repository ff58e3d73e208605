package dev.sightline.app;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Redaction;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.tls.Tls;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.camera.CameraScheme;
import dev.sightline.source.file.FileScheme;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.source.rtsp.RtspScheme;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.webrtc.WebRtcTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Builds the server from its configuration: the only class that knows the concrete parts of every room.
 *
 * <p>First {@link #of} judges the whole configuration, then {@link #start} binds ports and opens sources.
 */
public final class Composition {
    private static final SourceSchemes SCHEMES = new SourceSchemes(
            List.of(new PatternScheme(), new FileScheme(), new CameraScheme(), new RtspScheme(), new HttpScheme()),
            StreamPlan.PUSHED);

    private final SightlineConfig config;
    private final Certificates certificates;
    private final Map<String, StreamPlan> streams;
    private final Map<String, List<NamedProcessor>> processors;
    private final Additions additions;

    private Composition(
            SightlineConfig config,
            Certificates certificates,
            Map<String, StreamPlan> streams,
            Map<String, List<NamedProcessor>> processors,
            Additions additions) {
        this.config = config;
        this.certificates = certificates;
        this.streams = streams;
        this.processors = processors;
        this.additions = additions;
    }

    /**
     * Judges a configuration, without starting anything.
     *
     * @param folder the base of its relative paths
     * @param additions what comes as code
     * @throws ConfigException if anything is invalid; the message lists all problems
     */
    public static Composition of(SightlineConfig config, Path folder, Additions additions) {
        return of(config, Written.inCode(folder), additions);
    }

    /** The same for a configuration with known places. */
    static Composition of(SightlineConfig config, Written written, Additions additions) {
        Judgement.of(config, additions.addresses(), written);
        Judge judge = new Judge(config, written);
        ProcessorCatalog catalog = judge.catalog(additions);
        Map<String, StreamPlan> streams = new LinkedHashMap<>();
        Map<String, List<NamedProcessor>> processors = new LinkedHashMap<>();
        config.streams().forEach((name, stream) -> {
            List<NamedProcessor> steps = steps(stream.process(), written, catalog);
            List<NamedProcessor> choices = steps(stream.clientProcessors(), written, catalog);
            processors.put(name, Stream.of(steps, choices).flatMap(List::stream).toList());
            plan(name, stream, written, () -> PipelineRecipe.of(steps).withChoices(choices))
                    .ifPresent(plan -> streams.put(name, plan));
        });
        Optional<Certificates> certificates = judge.certificates();
        written.problems().throwIfAny();
        return new Composition(config, certificates.orElseThrow(), streams, processors, additions);
    }

    /** Makes each processor once and closes it; failures are added to the problems. */
    void tryProcessors(Written written) {
        processors.forEach((name, steps) -> steps.forEach(step -> {
            try {
                Pipeline.of(List.of(step)).close();
            } catch (ProcessorException e) {
                String message = "stream '" + name + "': " + e.getMessage();
                written.problems().add(written.place("streams", name, "process"), message);
            }
        }));
    }

    /** The addresses of the sources, masked. */
    List<String> addresses() {
        return streams.values().stream()
                .flatMap(stream -> stream.source().map(Source::address).stream())
                .toList();
    }

    /** Why files and cameras are absent that may come later. */
    List<String> absences() {
        return streams.values().stream()
                .flatMap(stream -> stream.source().flatMap(Source::absence).stream())
                .toList();
    }

    /** The source of an address, with default options. */
    static Source source(String address) {
        return SCHEMES.source(address, SourceOptions.DEFAULTS);
    }

    /**
     * Checks whether files and cameras exist, which may change later.
     *
     * @throws ConfigException with the reason if one is absent
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
     * @throws IOException if the port is not available; the message says why
     * @throws ConfigException if a certificate is configured, but none can be made
     */
    public RunningServer start() throws IOException {
        Optional<Tls> tls = certificates.open();
        StreamRegistry registry = new StreamRegistry();
        SocketIoTransport socketIo = new SocketIoTransport(
                registry,
                new Visitors(config.http(), Set.of()),
                additions.socketIo(),
                streamEvents(),
                additions.payloads(),
                config.http(),
                InputBudget.ofProcess());
        WebRtcTransport webRtc =
                WebRtcTransport.open(registry, config.media(), config.http().host());
        HttpEndpoints rooms =
                new HttpEndpoints(registry, socketIo, webRtc, tls, config.http().host());
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
            startStreams(registry);
            // Early clients, such as retrying pages, find all streams.
            listening.forEach(HttpServer::accept);
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
        return server.up();
    }

    private void startStreams(StreamRegistry registry) {
        Problems problems = new Problems();
        streams.forEach((name, stream) -> {
            try {
                stream.start(name, registry);
            } catch (ProcessorException e) {
                problems.add(Place.NOWHERE, "stream '" + name + "': " + e.getMessage());
            }
        });
        problems.throwIfAny();
    }

    private static HttpServer listen(HttpSettings settings, Routes routes, Optional<Tls> tls, Set<Integer> ownPorts)
            throws IOException {
        Visitors visitors = new Visitors(settings, ownPorts);
        return HttpServer.bind(settings, routes, visitors, tls.map(current -> current::context));
    }

    private Map<String, StreamEvents> streamEvents() {
        Map<String, StreamEvents> events = new LinkedHashMap<>();
        config.streams().forEach((name, stream) -> events.put(name, stream.socketIo()));
        return events;
    }

    private static List<NamedProcessor> steps(Node process, Written written, ProcessorCatalog catalog) {
        return catalog.resolve(process, written.folder(), written.problems());
    }

    private static Optional<StreamPlan> plan(
            String name, StreamConfig stream, Written written, Supplier<PipelineRecipe> recipe) {
        Problems problems = written.problems();
        if (written.root().isPresent()) {
            StreamKeys.misfits(stream, SourceSchemes.schemeOf(stream.source()))
                    .forEach((key, message) ->
                            problems.add(written.place("streams", name, key), "stream '" + name + "': " + message));
        }
        try {
            StreamRegistry.checkName(name);
            return Optional.of(StreamPlan.of(stream, recipe.get(), () -> source(stream, written)));
        } catch (IllegalArgumentException e) {
            problems.add(written.place("streams", name, "source"), "stream '" + name + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Source source(StreamConfig stream, Written written) {
        Source source = SCHEMES.source(stream.source(), stream.sourceOptions(written.folder()));
        Redaction redaction = written.problems().redaction();
        return redaction.isEmpty() ? source : new RedactedSource(source, redaction);
    }
}
