package dev.sightline.app;

import dev.sightline.admin.LoginApi;
import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.ConfigOrigin;
import dev.sightline.app.configuration.ConfigurationControl;
import dev.sightline.app.configuration.DataFolder;
import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.app.configuration.LiveConfiguration;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.UserCode;
import dev.sightline.app.configuration.Written;
import dev.sightline.auth.Authorizer;
import dev.sightline.config.ConfigException;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.tls.Tls;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.socketio.SocketIoTransport;
import dev.sightline.transport.webrtc.WebRtcTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Builds the server from its configuration: the only class that knows the concrete parts of every room.
 *
 * <p>First {@link #of} judges the whole configuration, then {@link #start} binds ports and opens sources. What changes later
 * goes through {@link LiveConfiguration}.
 */
public final class Composition {
    private final ConfigOrigin origin;
    private final Written written;
    private final JudgedConfig judged;
    private final Additions additions;
    private final UserCode code;

    private Composition(ConfigOrigin origin, Written written, JudgedConfig judged, Additions additions, UserCode code) {
        this.origin = origin;
        this.written = written;
        this.judged = judged;
        this.additions = additions;
        this.code = code;
    }

    /**
     * Judges a configuration, without starting anything.
     *
     * @param folder the base of its relative paths
     * @param additions what comes as code
     * @throws ConfigException if anything is invalid; the message lists all problems
     */
    public static Composition of(SightlineConfig config, Path folder, Additions additions) {
        return of(config, Written.inCode(config, folder), additions, ConfigOrigin.noFile());
    }

    /**
     * The same for a configuration with known places.
     *
     * @param origin where it is read again when it changes
     */
    static Composition of(SightlineConfig config, Written written, Additions additions, ConfigOrigin origin) {
        UserCode code = new UserCode();
        return new Composition(origin, written, JudgedConfig.of(config, written, additions, code), additions, code);
    }

    /** What was judged. */
    JudgedConfig judged() {
        return judged;
    }

    /**
     * Checks whether files and cameras exist, which may change later.
     *
     * @throws ConfigException with the reason if one is absent
     */
    public void refuseAbsent() {
        judged.refuseAbsent();
    }

    /** What describes a server to another version of its program. */
    ServerDescription description() {
        return new ServerDescription(written, additions);
    }

    /**
     * Starts everything. A program that {@code sightline run} starts again has a running server take over the description.
     *
     * @throws IOException if the port is not available; the message says why
     * @throws ConfigException if a certificate is configured, but none can be made
     */
    public RunningServer start() throws IOException {
        Optional<ProgramVersion> program = ProgramVersion.current();
        return program.isPresent() ? program.get().start(this) : startNew();
    }

    /** What no worker may see: what the configuration says, and what the server keeps secret. */
    private Set<Path> hidden() {
        Set<Path> hidden = new HashSet<>(DataFolder.secrets());
        origin.file().ifPresent(file -> hidden.add(file.toAbsolutePath()));
        return hidden;
    }

    /** Starts everything. */
    RunningServer startNew() throws IOException {
        SightlineConfig config = judged.config();
        Optional<Tls> tls = judged.certificates().open();
        StreamRegistry registry = new StreamRegistry();
        LiveConfiguration live = new LiveConfiguration(origin, written, judged, additions, code, registry);
        Workers workers = new Workers(judged, hidden());
        registry.useWorkers(workers::worker);
        live.onApplied(workers::arrange);
        tls.ifPresent(current -> live.onApplied(new LiveCertificate(current, config.http())));
        List<HttpServer> listening = new ArrayList<>();
        Authorizer authorizer = Logins.open(config, live);
        Accesses accesses =
                new Accesses(authorizer, registry, Logins.cookie(tls.isPresent(), listening), new AtomicBoolean());
        SocketIoTransport socketIo = new SocketIoTransport(
                registry,
                visitors(config.http(), Set.of(), live),
                accesses,
                additions.socketIo(),
                live::socketIo,
                additions.payloads(),
                config.http(),
                InputBudget.ofProcess());
        WebRtcTransport webRtc =
                WebRtcTransport.open(registry, config.media(), config.http().host());
        HttpEndpoints rooms = new HttpEndpoints(
                registry,
                socketIo,
                webRtc,
                new ConfigurationControl(live, new ProbeProcesses(workers::once)),
                new LoginApi(authorizer, accesses.cookie(), registry),
                workers,
                tls,
                config.http().host());
        RunningServer server = new RunningServer(
                new ServerParts(
                        listening,
                        rooms,
                        webRtc,
                        new ServerParts.Security(tls, authorizer),
                        registry,
                        workers,
                        live,
                        new CountDownLatch(1)),
                description());
        try {
            for (var port : rooms.listen(additions).entrySet()) {
                HttpSettings settings = config.http()
                        .withPort(port.getKey().orElse(config.http().port()));
                Set<Integer> own =
                        listening.isEmpty() ? Set.of() : Set.of(server.ports().get(0));
                listening.add(listen(settings, port.getValue(), accesses, tls, own, live));
            }
            authorizer.serve();
            webRtc.warn();
            live.start();
            // Early clients, such as retrying pages, find all streams.
            listening.forEach(HttpServer::accept);
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
        return server.up();
    }

    private static HttpServer listen(
            HttpSettings settings,
            Supplier<Routes> routes,
            Accesses accesses,
            Optional<Tls> tls,
            Set<Integer> ownPorts,
            LiveConfiguration live)
            throws IOException {
        Visitors visitors = visitors(settings, ownPorts, live);
        return HttpServer.bind(settings, routes, visitors, accesses, tls.map(current -> current::context));
    }

    private static Visitors visitors(HttpSettings settings, Set<Integer> ownPorts, LiveConfiguration live) {
        Visitors visitors = new Visitors(settings, ownPorts);
        live.onApplied(applied -> visitors.use(applied.config().http()));
        return visitors;
    }
}
