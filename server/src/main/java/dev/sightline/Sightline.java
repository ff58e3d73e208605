package dev.sightline;

import dev.sightline.app.CommandLines;
import dev.sightline.app.Composition;
import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamAddress;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.auth.AuthSettings;
import dev.sightline.http.HttpSettings;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.SocketIo;
import dev.sightline.source.EgressSettings;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Describes an embedded server and starts it.
 *
 * <pre>{@code
 * Sightline.server()
 *         .port(5000)
 *         .stream("camera", s -> s.source("camera:0").process("faces,clock"))
 *         .start();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Sightline {
    private HttpSettings http = HttpSettings.DEFAULTS;
    private WebRtcSettings webrtc = WebRtcSettings.DEFAULTS;
    private EgressSettings egress = EgressSettings.DEFAULTS;
    private AuthSettings auth = AuthSettings.DEFAULTS;
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

    /** Sets the port to listen on, 0 to 65535; 0 takes a free one. */
    public Sightline port(int port) {
        http = http.withPort(port);
        return this;
    }

    /**
     * Sets the UDP and TCP port for WebRTC, 0 to 65535. The default is 8190, or a free port if {@link #port} takes a free one.
     * If the port is in use, the server runs without WebRTC.
     */
    public Sightline webRtcPort(int port) {
        webrtc = webrtc.withPort(port);
        return this;
    }

    /** Sets further addresses for WebRTC, by which this computer is reached from outside: behind NAT or in a container. */
    public Sightline webRtcAddresses(String... addresses) {
        webrtc = webrtc.withAddresses(List.of(addresses));
        return this;
    }

    /** Limits the WebRTC viewers and publishers at the same time, 1 to 100,000; 1,000 by default. */
    public Sightline maxWebRtcSessions(int most) {
        webrtc = webrtc.withMaxSessions(most);
        return this;
    }

    /** Limits the WebRTC sessions from one address, which may stand for a whole school, 1 to 100,000; 250 by default. */
    public Sightline maxWebRtcSessionsPerAddress(int most) {
        webrtc = webrtc.withMaxSessionsPerAddress(most);
        return this;
    }

    /**
     * Limits the bit rate of video encoded here for WebRTC, in kbit/s at 1280x720 and in proportion at other sizes, 100 to
     * 100,000; 4,000 by default. It is reached only where a viewer's line carries it.
     */
    public Sightline maxWebRtcBitrate(int kilobits) {
        webrtc = webrtc.withMaxBitrate(kilobits);
        return this;
    }

    /** Sets the address to listen on; {@code 0.0.0.0} lets other computers in. */
    public Sightline host(String host) {
        http = http.withHost(host);
        return this;
    }

    /**
     * Lets web pages of these origins use this server, for example {@code https://example.org} or the name a tunnel assigned.
     * Pages that the server itself serves need not be named.
     */
    public Sightline allowedOrigins(String... origins) {
        http = http.withAllowedOrigins(List.of(origins));
        return this;
    }

    /**
     * Lets clients reach the server by these names too, for example behind a proxy: {@code cam.example.org}; {@code *} allows
     * every name. The computer's own names and addresses and the hosts of allowed origins need not be named.
     */
    public Sightline allowedHosts(String... names) {
        http = http.withAllowedHosts(List.of(names));
        return this;
    }

    /**
     * Sets which pages of other origins may show MJPEG and snapshots, without being able to read them; any by default. For
     * frames see {@link #frameAncestors}.
     */
    public Sightline embedding(Embedding whose) {
        http = http.withEmbedding(dev.sightline.http.Embedding.valueOf(whose.name()));
        return this;
    }

    /**
     * Sets whether logins are demanded: {@code auto}, the default, where users or tokens are named, or other computers can reach
     * the server; {@code login} always; {@code none} lets everybody in. Where nobody is named, a password is made and printed once.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public Sightline auth(String how) {
        auth = auth.withMode(AuthSettings.mode(how));
        return this;
    }

    /**
     * Adds a user with the hash that {@code ./sightline password} prints.
     *
     * @param may rights: {@code admin}, {@code watch door-*}, {@code publish}, {@code control}
     * @throws IllegalArgumentException if one of them will not do
     */
    public Sightline user(String name, String passwordHash, String... may) {
        auth = auth.withUser(name, new AuthSettings.User(Optional.of(passwordHash), Optional.empty(), List.of(may)));
        return this;
    }

    /**
     * Adds a token of at least 20 characters for programs, which send {@code Authorization: Bearer TOKEN}.
     *
     * @throws IllegalArgumentException if it or a right will not do
     */
    public Sightline token(String name, String token, String... may) {
        auth = auth.withToken(name, new AuthSettings.Token(Optional.of(token), Optional.empty(), List.of(may)));
        return this;
    }

    /**
     * Accepts tokens that somebody else issues (JWT): signed by RS256 or ES256, with the rights that their claim {@code
     * sightline} lists.
     *
     * @param keys where the issuer's public keys are: an https:// address
     * @throws IllegalArgumentException if one of them will not do
     */
    public Sightline jwt(String issuer, String audience, String keys, String... may) {
        auth = auth.withJwt(new AuthSettings.Jwt(issuer, audience, keys, List.of(), "sightline", List.of(may)));
        return this;
    }

    /** Sets how long a login lasts without use, 12 hours by default, and in any case, 7 days by default. */
    public Sightline loginTimes(Duration idle, Duration longest) {
        auth = auth.withTimes(idle, longest);
        return this;
    }

    /**
     * Lets pages of these origins show this server's pages in frames, for example {@code https://example.org} or {@code
     * https://*.example.org}; {@code *} lets all. By default only its own pages and those of allowed origins may.
     *
     * @throws IllegalArgumentException if one is of another form
     */
    public Sightline frameAncestors(String... origins) {
        http = http.withFrameAncestors(List.of(origins));
        return this;
    }

    /** Limits the connections open at the same time, 1 to 1,000,000; 10,000 by default. */
    public Sightline maxConnections(int most) {
        http = http.withMaxConnections(most);
        return this;
    }

    /** Limits the connections from one client address, 1 to 1,000,000; 256 by default. */
    public Sightline maxConnectionsPerAddress(int most) {
        http = http.withMaxConnectionsPerAddress(most);
        return this;
    }

    /** Sets how many megabytes per second one client address may send, 1 to 100,000; 64 by default. The rest is read later. */
    public Sightline maxInputRatePerAddress(int megabytes) {
        http = http.withMaxInputRatePerAddress(megabytes);
        return this;
    }

    /**
     * Names reverse proxies, {@code 10.0.0.5} or {@code 10.0.0.0/8}, that are believed who the client is, and by which host,
     * protocol and path it asked. Of a proxy on this computer, who the client is is believed always.
     *
     * @throws IllegalArgumentException if one is neither address nor network
     */
    public Sightline trustedProxies(String... addresses) {
        http = http.withTrustedProxies(List.of(addresses));
        return this;
    }

    /**
     * Names hosts, addresses and networks near this computer to which sources may lead that the API adds.
     *
     * @throws IllegalArgumentException if one is none of these
     */
    public Sightline egress(String... allowed) {
        egress = new EgressSettings(List.of(allowed), egress.files());
        return this;
    }

    /** Sets the folder whose files the API may play; the working folder by default, {@code none} for no files. */
    public Sightline egressFiles(String folder) {
        egress = new EgressSettings(egress.allowed(), folder);
        return this;
    }

    /**
     * Sets the path below which a reverse proxy shows this server, {@code /cams/}. Requests may come with it or without.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    public Sightline basePath(String path) {
        http = http.withBasePath(path);
        return this;
    }

    /**
     * Sets whether {@link #trustedProxies} begin every connection with the PROXY protocol, version 1 or 2; name them first.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Sightline proxyProtocol(boolean whether) {
        http = http.withProxyProtocol(whether);
        return this;
    }

    /**
     * Sets how long a request may take to arrive, how long its answer may take to be read, and how long an idle connection
     * stays open; 30 s by default.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Sightline requestTimeout(Duration longest) {
        http = http.withRequestTimeout(longest);
        return this;
    }

    /**
     * Sets HTTPS: {@code auto} makes a certificate from this machine's own authority; {@code cert.pem,key.pem} uses your files;
     * {@code off}, the default, is plain HTTP.
     *
     * @param names further names of this machine for the certificate that {@code auto} makes
     * @throws IllegalArgumentException if it is none of these
     */
    public Sightline tls(String how, String... names) {
        http = http.withTls(how).withTlsNames(List.of(names));
        return this;
    }

    /** Adds jars and single Java files with processors, which streams use by name. */
    public Sightline processors(String... files) {
        processors.addAll(List.of(files));
        return this;
    }

    /** Adds a stream; the first one is the default. A name used before describes that stream further. */
    public Sightline stream(String name, Consumer<StreamBuilder> description) {
        description.accept(streams.computeIfAbsent(name, StreamBuilder::new));
        return this;
    }

    /** Makes {@link #start} refuse a file or camera that does not exist, instead of retrying for ever. */
    public Sightline refuseAbsent() {
        refuseAbsent = true;
        return this;
    }

    /** Adds your own handlers for Socket.IO clients, by namespace and event. */
    public Sightline socketIo(Consumer<SocketIo> description) {
        description.accept(socketIo);
        return this;
    }

    /**
     * Serves a text file at a path; the file is read again for every request.
     *
     * @param file relative to {@link #folder}
     */
    public Sightline page(String path, String file) {
        return page(path, file, Map::of);
    }

    /**
     * Serves a text file at a path and replaces {@code ##NAME##} in it; the file is read again for every request.
     *
     * @param file relative to {@link #folder}
     * @param values the value of each name, inserted without escaping; called for every request, by any of the threads that answer them
     */
    public Sightline page(String path, String file, Supplier<Map<String, String>> values) {
        pages.page(path, folder().resolve(file), values);
        return this;
    }

    /**
     * Serves the files of a folder and its subfolders below a path.
     *
     * @param folder relative to {@link #folder}; files whose names begin with a dot are not served
     */
    public Sightline files(String path, String folder) {
        pages.files(path, folder().resolve(folder));
        return this;
    }

    /** Redirects a path to another address. */
    public Sightline redirect(String path, String address) {
        pages.redirect(path, address);
        return this;
    }

    /**
     * The folder of the program that {@code sightline run} started, else the working folder; relative paths of pages start
     * here.
     */
    public static Path folder() {
        return Path.of(System.getProperty("sightline.program.folder", ""));
    }

    /**
     * Runs the command line of a program; a user's mistake is reported in one line.
     *
     * @param program with picocli's annotations for its options
     * @return the exit code: 0 success, 1 failure, 2 wrong usage
     */
    public static int run(Callable<Integer> program, String... arguments) {
        return CommandLines.execute(program, List.of(arguments));
    }

    /**
     * Starts the server.
     *
     * @throws IllegalArgumentException if anything described is invalid, for example a port out of range; the message lists all
     *     problems
     * @throws UncheckedIOException if the port is not available
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

    /** What was described, except for processors and handlers given as code. */
    SightlineConfig config() {
        Map<String, StreamConfig> described = new LinkedHashMap<>();
        streams.forEach((name, stream) -> described.put(name, stream.config()));
        return new SightlineConfig(http, webrtc, processors, described)
                .with(egress)
                .with(auth);
    }
}
