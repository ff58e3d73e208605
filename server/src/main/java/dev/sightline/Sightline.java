package dev.sightline;

import dev.sightline.app.Additions;
import dev.sightline.app.CommandLines;
import dev.sightline.app.Composition;
import dev.sightline.app.SightlineConfig;
import dev.sightline.app.StreamAddress;
import dev.sightline.app.StreamConfig;
import dev.sightline.http.HttpSettings;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.SocketIo;
import dev.sightline.transport.socketio.SocketIoHandlers;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Describes a server to be embedded, and starts it.
 *
 * <pre>{@code
 * Sightline.server()
 *         .port(5000)
 *         .stream("camera", s -> s.source("camera:0").process("faces,clock"))
 *         .start();
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class Sightline {
    private HttpSettings http = HttpSettings.DEFAULTS;
    private WebRtcSettings webrtc = WebRtcSettings.DEFAULTS;
    private final List<String> processors = new ArrayList<>();
    private final Map<String, StreamBuilder> streams = new LinkedHashMap<>();
    private final ProgramPages pages = new ProgramPages();
    private final SocketIoHandlers socketIo = new SocketIoHandlers();
    private boolean refuseAbsent;

    private Sightline() {}

    /** A server on 127.0.0.1, port 8080, without streams. */
    public static Sightline server() {
        return new Sightline();
    }

    /** The port to listen on, 0 to 65535; 0 takes a free one. */
    public Sightline port(int port) {
        http = http.withPort(port);
        return this;
    }

    /**
     * The UDP and TCP port for WebRTC, 0 to 65535; 8190 if nothing is said, or a free one where {@link #port} takes one.
     * Where it is taken the server goes without WebRTC.
     */
    public Sightline webRtcPort(int port) {
        webrtc = webrtc.withPort(port);
        return this;
    }

    /** Further addresses this computer is reached by from outside, behind NAT or in a container, for WebRTC. */
    public Sightline webRtcAddresses(String... addresses) {
        webrtc = webrtc.withAddresses(List.of(addresses));
        return this;
    }

    /** How many viewers and publishers there may be by WebRTC at the same time, 1 to 100,000; 1,000 if nothing is said. */
    public Sightline maxWebRtcSessions(int most) {
        webrtc = webrtc.withMaxSessions(most);
        return this;
    }

    /** How many of these may come from one address, behind which a whole school may be, 1 to 100,000; 250 if nothing is said. */
    public Sightline maxWebRtcSessionsPerAddress(int most) {
        webrtc = webrtc.withMaxSessionsPerAddress(most);
        return this;
    }

    /** The address to listen on; {@code 0.0.0.0} lets other computers in. */
    public Sightline host(String host) {
        http = http.withHost(host);
        return this;
    }

    /**
     * Web pages of these origins may use this server too, for example {@code https://example.org}, or the name that a tunnel
     * gave it. Pages that the server itself serves need not be named.
     */
    public Sightline allowedOrigins(String... origins) {
        http = http.withAllowedOrigins(List.of(origins));
        return this;
    }

    /**
     * The server may be asked for by these names too, as behind a proxy: {@code cam.example.org}; {@code *} allows every name.
     * The computer's own names, addresses, and the hosts of allowed origins need not be named.
     */
    public Sightline allowedHosts(String... names) {
        http = http.withAllowedHosts(List.of(names));
        return this;
    }

    /** Which pages of other origins may show MJPEG, snapshots and the player without being able to read them; any if nothing is said. */
    public Sightline embedding(Embedding whose) {
        http = http.withEmbedding(dev.sightline.http.Embedding.valueOf(whose.name()));
        return this;
    }

    /** How many connections may be open at the same time, 1 to 1,000,000; 10,000 if nothing is said. */
    public Sightline maxConnections(int most) {
        http = http.withMaxConnections(most);
        return this;
    }

    /** How many of them one client's address may have, 1 to 1,000,000; 256 if nothing is said. */
    public Sightline maxConnectionsPerAddress(int most) {
        http = http.withMaxConnectionsPerAddress(most);
        return this;
    }

    /** How many megabytes a second one client's address may send, 1 to 100,000; 64 if nothing is said. More is read later. */
    public Sightline maxInputRatePerAddress(int megabytes) {
        http = http.withMaxInputRatePerAddress(megabytes);
        return this;
    }

    /**
     * Reverse proxies on other computers, whose {@code X-Forwarded-For} says who the client is: {@code 10.0.0.5}, {@code
     * 10.0.0.0/8}. Those on this computer are trusted without being named.
     *
     * @throws IllegalArgumentException if one is neither address nor network
     */
    public Sightline trustedProxies(String... addresses) {
        http = http.withTrustedProxies(List.of(addresses));
        return this;
    }

    /**
     * How long a request may take to arrive, its answer to be taken, and an idle connection to stay open; 30 s if nothing is
     * said.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Sightline requestTimeout(Duration longest) {
        http = http.withRequestTimeout(longest);
        return this;
    }

    /**
     * HTTPS: {@code auto} makes a certificate by an authority of this machine's own; {@code cert.pem,key.pem} are files of
     * your own; {@code off} is plain HTTP, as without this.
     *
     * @param names by which the machine is reached besides those it knows of, for the certificate that {@code auto} makes
     * @throws IllegalArgumentException if it is none of these
     */
    public Sightline tls(String how, String... names) {
        http = http.withTls(how).withTlsNames(List.of(names));
        return this;
    }

    /** Jars and single Java files with processors, for use by name. */
    public Sightline processors(String... files) {
        processors.addAll(List.of(files));
        return this;
    }

    /** A stream; the first is the default. A name given again describes that stream further. */
    public Sightline stream(String name, Consumer<StreamBuilder> description) {
        description.accept(streams.computeIfAbsent(name, StreamBuilder::new));
        return this;
    }

    /** Has {@link #start} refuse a file or camera that is not there, instead of trying again for ever. */
    public Sightline refuseAbsent() {
        refuseAbsent = true;
        return this;
    }

    /** Handlers of your own for Socket.IO clients, by namespace and event. */
    public Sightline socketIo(Consumer<SocketIo> description) {
        description.accept(socketIo);
        return this;
    }

    /**
     * Serves a text file at a path, read anew for every request.
     *
     * @param file relative to {@link #folder}
     */
    public Sightline page(String path, String file) {
        return page(path, file, Map::of);
    }

    /**
     * Serves a text file at a path, read anew for every request, with {@code ##NAME##} in it replaced.
     *
     * @param file relative to {@link #folder}
     * @param values what stands for each name; called for every request, by any event loop. Values go into the page as
     *     they are
     */
    public Sightline page(String path, String file, Supplier<Map<String, String>> values) {
        pages.page(path, folder().resolve(file), values);
        return this;
    }

    /**
     * Serves the files of a folder, and of those in it, below a path.
     *
     * @param folder relative to {@link #folder}; files whose names begin with a dot are not served
     */
    public Sightline files(String path, String folder) {
        pages.files(path, folder().resolve(folder));
        return this;
    }

    /** Sends who asks for a path to another address. */
    public Sightline redirect(String path, String address) {
        pages.redirect(path, address);
        return this;
    }

    /** Where the program lies that {@code sightline run} started, else the working folder: the place of its pages. */
    public static Path folder() {
        return Path.of(System.getProperty("sightline.program.folder", ""));
    }

    /**
     * Runs the command line of a program; what the user got wrong is said in one line.
     *
     * @param program with picocli's annotations for its options
     * @return the exit code: 0 fine, 1 failed, 2 used wrongly
     */
    public static int run(Callable<Integer> program, String... arguments) {
        return CommandLines.execute(program, List.of(arguments));
    }

    /**
     * Starts the server.
     *
     * @throws IllegalArgumentException if anything described cannot be, a port out of range or an origin that is none among
     *     it; all of it is told
     * @throws UncheckedIOException if the port cannot be had
     */
    public SightlineServer start() {
        Composition composition = composition();
        if (refuseAbsent) {
            composition.refuseAbsent();
        }
        try {
            return new SightlineServer(composition.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Composition composition() {
        List<CodeProcessor> code = new ArrayList<>();
        List<StreamAddress> addresses = new ArrayList<>();
        Map<String, FramePayload> payloads = new LinkedHashMap<>();
        streams.forEach((name, stream) -> {
            code.addAll(stream.code());
            addresses.addAll(stream.addresses());
            stream.payload().ifPresent(payload -> payloads.put(name, payload));
        });
        Additions additions = new Additions(code, pages.routes(), addresses, socketIo, payloads);
        return Composition.of(config(), Path.of(""), additions);
    }

    /** What was described, but for what came as code. */
    SightlineConfig config() {
        Map<String, StreamConfig> described = new LinkedHashMap<>();
        streams.forEach((name, stream) -> described.put(name, stream.config()));
        return new SightlineConfig(http, webrtc, processors, described);
    }
}
