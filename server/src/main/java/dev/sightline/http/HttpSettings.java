package dev.sightline.http;

import dev.sightline.config.Unwrapped;
import dev.sightline.http.limits.TrustedProxies;
import dev.sightline.processor.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the server listens.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 takes a free one
 * @param limits how much it takes from its clients
 * @param proxies the reverse proxies before it
 * @param requestTimeout the longest time for a request to arrive, and for its answer to be taken
 * @param guests who may use it
 * @param https whether and how it encrypts
 */
public record HttpSettings(
        @Parameter(value = "The address to listen on; 0.0.0.0 lets other computers in.", byDefault = "127.0.0.1")
        String host,

        @Parameter(value = "The port to listen on; 0 takes a free one.", byDefault = "8080", min = 0, max = 65535)
        int port,

        @Unwrapped Limits limits,

        @Unwrapped Proxies proxies,

        @Parameter(
                value =
                        "How long a request may take to arrive, its answer to be read, and an idle connection to stay open.",
                byDefault = "30s")
        Duration requestTimeout,

        @Unwrapped Guests guests,

        @Unwrapped Https https) {

    /** The defaults. */
    public static final HttpSettings DEFAULTS = new HttpSettings(
            "127.0.0.1",
            8080,
            new Limits(10_000, 256, 64),
            new Proxies(List.of(), "/", false),
            Duration.ofSeconds(30),
            new Guests(List.of(), List.of(), Embedding.ANY, List.of()),
            new Https("off", List.of()));

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if there is no time for a request
     */
    public HttpSettings {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("request-timeout is a time above 0, such as 30s");
        }
    }

    /** Addresses and networks of reverse proxies, which are believed. */
    public List<String> trustedProxies() {
        return proxies.trustedProxies();
    }

    /**
     * The reverse proxies before the server.
     *
     * @param trustedProxies addresses and networks of those whose word is taken for whom they bring
     * @param basePath the path below which they show this server
     * @param proxyProtocol whether they begin each connection with the PROXY protocol
     */
    public record Proxies(
            @Parameter(
                    "Reverse proxies (10.0.0.5, 10.0.0.0/8) that are believed who the client is, and by which host, protocol and path it asked.")
            List<String> trustedProxies,

            @Parameter(value = "The path below which a proxy shows this server: /cams/.", byDefault = "/")
            String basePath,

            @Parameter(
                    value = "Whether trusted-proxies begin every connection with the PROXY protocol, version 1 or 2.",
                    byDefault = "false")
            boolean proxyProtocol) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if one of {@code trustedProxies}, or the path, is of none of its forms, or the PROXY
         *     protocol is expected of nobody
         */
        public Proxies {
            trustedProxies = List.copyOf(trustedProxies);
            new TrustedProxies(trustedProxies); // refuses what is no address
            if (BasePath.of(basePath).isEmpty()) {
                throw new IllegalArgumentException(
                        "base-path is a path of letters, digits, dots, dashes and underscores, as" + " in /cams/; '"
                                + basePath + "' is none");
            }
            if (proxyProtocol && trustedProxies.isEmpty()) {
                throw new IllegalArgumentException(
                        "proxy-protocol: true needs the proxies that speak it, in trusted-proxies");
            }
        }
    }

    /**
     * How much the server takes from its clients.
     *
     * @param maxConnections connections at the same time; one more is answered 503
     * @param maxConnectionsPerAddress of those, how many for one client's address; one more is answered 429
     * @param maxInputRatePerAddress megabytes a second that one client's address may send; more is read later
     */
    public record Limits(
            @Parameter(
                    value = "How many connections may be open at the same time; one more is answered 503.",
                    byDefault = "10000",
                    min = 1,
                    max = 1_000_000)
            int maxConnections,

            @Parameter(
                    value = "How many of them one client's address may have; one more is answered 429.",
                    byDefault = "256",
                    min = 1,
                    max = 1_000_000)
            int maxConnectionsPerAddress,

            @Parameter(
                    value = "How many megabytes a second one client's address may send; more is read later.",
                    byDefault = "64",
                    min = 1,
                    max = 100_000)
            int maxInputRatePerAddress) {}

    /**
     * Who may use the server besides its own pages.
     *
     * @param allowedOrigins origins of other web pages that may use this server
     * @param allowedHosts names by which the server may be asked for, besides the computer's own
     * @param embedding which pages of other origins may show pictures without being able to read them
     * @param frameAncestors sources, in the form of Content-Security-Policy, whose pages may show this server's in frames
     */
    public record Guests(
            @Parameter("Web pages of these origins may use this server too, for example https://example.org.")
            List<String> allowedOrigins,

            @Parameter(
                    "Further names of this server, for example behind a proxy: cam.example.org. * allows every name.")
            List<String> allowedHosts,

            @Parameter(
                    value =
                            "Who may show MJPEG and snapshots in pages of other origins: any, allowed (those of allowed-origins) or none.",
                    byDefault = "any")
            Embedding embedding,

            @Parameter(
                    "Pages of these origins may show this server's pages in frames, besides its own and those of allowed-origins: https://example.org, https://*.example.org; * lets all.")
            List<String> frameAncestors) {
        private static final Pattern SOURCE =
                Pattern.compile("\\*|https?://(?:\\*\\.)?[A-Za-z0-9._-]+(?::(?:[0-9]{1,5}|\\*))?/?");

        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException if one of {@code frameAncestors} is of none of its forms
         */
        public Guests {
            allowedOrigins = List.copyOf(allowedOrigins);
            allowedHosts = List.copyOf(allowedHosts);
            frameAncestors = List.copyOf(frameAncestors);
            for (String source : frameAncestors) {
                if (!SOURCE.matcher(source).matches()) {
                    throw new IllegalArgumentException(
                            "frame-ancestors are origins, as in https://example.org or https://*.example.org, or * for"
                                    + " all; '" + source + "' is none");
                }
            }
        }
    }

    /**
     * Whether and how the server encrypts.
     *
     * @param tls {@code off}, {@code auto}, or {@code CERTIFICATE,KEY}, the names of two files
     * @param tlsNames names and addresses for the certificate that {@code auto} makes, besides the computer's own
     */
    public record Https(
            @Parameter(
                    value = "HTTPS: off, auto (Sightline makes the certificate), or your own files: cert.pem,key.pem.",
                    byDefault = "off")
            String tls,

            @Parameter("Further names and addresses this computer is reached by, for the certificate that auto makes.")
            List<String> tlsNames) {
        private static final Pattern TLS = Pattern.compile("off|auto|[^,]+,[^,]+");

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if {@code tls} is of none of its forms
         */
        public Https {
            tlsNames = List.copyOf(tlsNames);
            if (!TLS.matcher(tls).matches()) {
                throw new IllegalArgumentException(
                        "tls is off, auto, or the files of a certificate and its key with a comma"
                                + " between, as in cert.pem,key.pem; not '" + tls + "'");
            }
        }
    }

    /** The same on another address. */
    public HttpSettings withHost(String other) {
        return new HttpSettings(other, port, limits, proxies, requestTimeout, guests, https);
    }

    /** The same on another port. */
    public HttpSettings withPort(int other) {
        return new HttpSettings(host, other, limits, proxies, requestTimeout, guests, https);
    }

    /** The same with other proxies that are trusted. */
    public HttpSettings withTrustedProxies(List<String> other) {
        return with(new Proxies(other, proxies.basePath(), proxies.proxyProtocol()));
    }

    /** The same below another path. */
    public HttpSettings withBasePath(String other) {
        return with(new Proxies(proxies.trustedProxies(), other, proxies.proxyProtocol()));
    }

    /** The same with or without the PROXY protocol. */
    public HttpSettings withProxyProtocol(boolean whether) {
        return with(new Proxies(proxies.trustedProxies(), proxies.basePath(), whether));
    }

    /** The same with another time-out. */
    public HttpSettings withRequestTimeout(Duration other) {
        return new HttpSettings(host, port, limits, proxies, other, guests, https);
    }

    /** The same with another limit of connections. */
    public HttpSettings withMaxConnections(int other) {
        return with(new Limits(other, limits.maxConnectionsPerAddress(), limits.maxInputRatePerAddress()));
    }

    /** The same with another limit of connections for one address. */
    public HttpSettings withMaxConnectionsPerAddress(int other) {
        return with(new Limits(limits.maxConnections(), other, limits.maxInputRatePerAddress()));
    }

    /** The same with another rate of one address, in megabytes a second. */
    public HttpSettings withMaxInputRatePerAddress(int other) {
        return with(new Limits(limits.maxConnections(), limits.maxConnectionsPerAddress(), other));
    }

    /** The same with other origins that are allowed. */
    public HttpSettings withAllowedOrigins(List<String> other) {
        return with(new Guests(other, guests.allowedHosts(), guests.embedding(), guests.frameAncestors()));
    }

    /** The same with other names that are allowed. */
    public HttpSettings withAllowedHosts(List<String> other) {
        return with(new Guests(guests.allowedOrigins(), other, guests.embedding(), guests.frameAncestors()));
    }

    /** The same for other pages that may show frames. */
    public HttpSettings withEmbedding(Embedding other) {
        return with(new Guests(guests.allowedOrigins(), guests.allowedHosts(), other, guests.frameAncestors()));
    }

    /** The same for other pages that may hold its pages in frames. */
    public HttpSettings withFrameAncestors(List<String> other) {
        return with(new Guests(guests.allowedOrigins(), guests.allowedHosts(), guests.embedding(), other));
    }

    /** The same with another choice of TLS. */
    public HttpSettings withTls(String other) {
        return with(new Https(other, https.tlsNames()));
    }

    /** The same with further names for the certificate. */
    public HttpSettings withTlsNames(List<String> other) {
        return with(new Https(https.tls(), other));
    }

    /** The same for others who may use it. */
    public HttpSettings withGuests(Guests other) {
        return with(other);
    }

    private HttpSettings with(Limits other) {
        return new HttpSettings(host, port, other, proxies, requestTimeout, guests, https);
    }

    private HttpSettings with(Proxies other) {
        return new HttpSettings(host, port, limits, other, requestTimeout, guests, https);
    }

    private HttpSettings with(Guests other) {
        return new HttpSettings(host, port, limits, proxies, requestTimeout, other, https);
    }

    private HttpSettings with(Https other) {
        return new HttpSettings(host, port, limits, proxies, requestTimeout, guests, other);
    }
}
