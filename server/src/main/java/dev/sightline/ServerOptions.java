package dev.sightline;

import dev.sightline.config.ConfigException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The command line options that every program with a server needs, for picocli's {@code @Mixin}.
 *
 * <pre>{@code
 * @Mixin
 * private ServerOptions options = new ServerOptions();
 * …
 * SightlineServer server = options.applyTo(Sightline.server().port(5000)).stream(…).start();
 * }</pre>
 */
public final class ServerOptions {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on: 127.0.0.1 is this computer only, 0.0.0.0 lets everybody in.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 0 takes a free one.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--tls",
            paramLabel = "HOW",
            description = "HTTPS: auto makes the certificate; CERTIFICATE,KEY are files of your own; off.")
    private Optional<String> tls = Optional.empty();

    @Option(
            names = "--auth",
            paramLabel = "HOW",
            description = "Whether a login is asked for: auto (where other computers can reach it), login, none.")
    private Optional<String> auth = Optional.empty();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "Pages from there may use this server too: https://example.org, or a tunnel's address.")
    private List<String> origins = List.of();

    @Option(
            names = "--trusted-proxy",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Reverse proxy on another computer whose X-Forwarded-For is believed: 10.0.0.5, 10.0.0.0/8.")
    private List<String> proxies = List.of();

    @Option(
            names = "--media-port",
            paramLabel = "N",
            description = "UDP and TCP port for WebRTC (8190); 0 takes a free one.")
    private Optional<Integer> webRtcPort = Optional.empty();

    @Option(
            names = "--media-address",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Address by which WebRTC reaches this computer from outside, behind NAT or in a container.")
    private List<String> webRtcAddresses = List.of();

    /** Creates options without any value. */
    public ServerOptions() {}

    /**
     * Applies the options to a server: a value from the command line overrides the one set before.
     *
     * @throws IllegalArgumentException if {@code --tls}, {@code --auth} or {@code --trusted-proxy} has an invalid value
     */
    public Sightline applyTo(Sightline server) {
        host.ifPresent(server::host);
        port.ifPresent(server::port);
        try {
            tls.ifPresent(server::tls);
            auth.ifPresent(server::auth);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--" + e.getMessage());
        }
        try {
            if (!proxies.isEmpty()) {
                server.trustedProxies(proxies.toArray(String[]::new));
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--trusted-proxy: " + e.getMessage());
        }
        webRtcPort.ifPresent(server::webRtcPort);
        if (!origins.isEmpty()) {
            server.allowedOrigins(origins.toArray(String[]::new));
        }
        if (!webRtcAddresses.isEmpty()) {
            server.webRtcAddresses(webRtcAddresses.toArray(String[]::new));
        }
        return server;
    }
}
