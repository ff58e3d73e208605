package dev.sightline.http;

import dev.sightline.http.limits.TrustedProxies;
import dev.sightline.processor.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How the server listens.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 takes a free one
 * @param maxConnections connections at the same time; one more is answered 503
 * @param maxConnectionsPerAddress of those, how many for one client's address; one more is answered 429
 * @param maxInputRatePerAddress megabytes a second that one client's address may send; more is read later
 * @param trustedProxies addresses and networks of reverse proxies, whose word is taken for whom they bring
 * @param requestTimeout the longest time for a request to arrive, and for its answer to be taken
 * @param allowedOrigins origins of other web pages that may use this server
 * @param allowedHosts names by which the server may be asked for, besides the computer's own
 * @param embedding which pages of other origins may show pictures without being able to read them
 * @param tls {@code off}, {@code auto}, or {@code CERTIFICATE,KEY}, the names of two files
 * @param tlsNames names and addresses for the certificate that {@code auto} makes, besides the computer's own
 */
public record HttpSettings(
        @Parameter(value = "The address to listen on; 0.0.0.0 lets other computers in.", byDefault = "127.0.0.1")
        String host,

        @Parameter(value = "The port to listen on; 0 takes a free one.", byDefault = "8080", min = 0, max = 65535)
        int port,

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
        int maxInputRatePerAddress,

        @Parameter(
                "Reverse proxies on other computers (10.0.0.5, 10.0.0.0/8), whose X-Forwarded-For says who the client is.")
        List<String> trustedProxies,

        @Parameter(
                value =
                        "How long a request may take to arrive, its answer to be taken, and an idle connection to stay open.",
                byDefault = "30s")
        Duration requestTimeout,

        @Parameter("Web pages of these origins may use this server too, for example https://example.org.")
        List<String> allowedOrigins,

        @Parameter(
                "Further names this server is asked for by, behind a proxy for example: cam.example.org. * allows every name.")
        List<String> allowedHosts,

        @Parameter(
                value =
                        "Who may show MJPEG, snapshots and the player in pages of other origins: any, allowed (those of allowed-origins) or none.",
                byDefault = "any")
        Embedding embedding,

        @Parameter(
                value =
                        "HTTPS: off, auto (Sightline makes the certificate), or the files of your own: cert.pem,key.pem.",
                byDefault = "off")
        String tls,

        @Parameter("Further names and addresses this computer is reached by, for the certificate that auto makes.")
        List<String> tlsNames) {

    private static final Pattern TLS = Pattern.compile("off|auto|[^,]+,[^,]+");

    /** What holds where nothing is said. */
    public static final HttpSettings DEFAULTS = new HttpSettings(
            "127.0.0.1",
            8080,
            10_000,
            256,
            64,
            List.of(),
            Duration.ofSeconds(30),
            List.of(),
            List.of(),
            Embedding.ANY,
            "off",
            List.of());

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if {@code tls} or one of {@code trustedProxies} is of none of its forms, or there is no
     *     time for a request
     */
    public HttpSettings {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("request-timeout is a time above 0, such as 30s");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
        trustedProxies = List.copyOf(trustedProxies);
        new TrustedProxies(trustedProxies); // refuses what is no address
        tlsNames = List.copyOf(tlsNames);
        if (!TLS.matcher(tls).matches()) {
            throw new IllegalArgumentException(
                    "tls is off, auto, or the files of a certificate and its key with a comma"
                            + " between, as in cert.pem,key.pem; not '" + tls + "'");
        }
    }

    /** The same on another address. */
    public HttpSettings withHost(String other) {
        return with(copy -> copy.host = other);
    }

    /** The same on another port. */
    public HttpSettings withPort(int other) {
        return with(copy -> copy.port = other);
    }

    /** The same with another limit of connections. */
    public HttpSettings withMaxConnections(int other) {
        return with(copy -> copy.maxConnections = other);
    }

    /** The same with another limit of connections for one address. */
    public HttpSettings withMaxConnectionsPerAddress(int other) {
        return with(copy -> copy.maxConnectionsPerAddress = other);
    }

    /** The same with another rate of one address, in megabytes a second. */
    public HttpSettings withMaxInputRatePerAddress(int other) {
        return with(copy -> copy.maxInputRatePerAddress = other);
    }

    /** The same with other proxies that are trusted. */
    public HttpSettings withTrustedProxies(List<String> other) {
        return with(copy -> copy.trustedProxies = other);
    }

    /** The same with another time-out. */
    public HttpSettings withRequestTimeout(Duration other) {
        return with(copy -> copy.requestTimeout = other);
    }

    /** The same with other origins that are allowed. */
    public HttpSettings withAllowedOrigins(List<String> other) {
        return with(copy -> copy.allowedOrigins = other);
    }

    /** The same with other names that are allowed. */
    public HttpSettings withAllowedHosts(List<String> other) {
        return with(copy -> copy.allowedHosts = other);
    }

    /** The same for other pages that may show pictures. */
    public HttpSettings withEmbedding(Embedding other) {
        return with(copy -> copy.embedding = other);
    }

    /** The same with another choice of TLS. */
    public HttpSettings withTls(String other) {
        return with(copy -> copy.tls = other);
    }

    /** The same with further names for the certificate. */
    public HttpSettings withTlsNames(List<String> other) {
        return with(copy -> copy.tlsNames = other);
    }

    private HttpSettings with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.settings();
    }

    /** Settings of which some are to be others. */
    private static final class Copy {
        private String host;
        private int port;
        private int maxConnections;
        private int maxConnectionsPerAddress;
        private int maxInputRatePerAddress;
        private List<String> trustedProxies;
        private Duration requestTimeout;
        private List<String> allowedOrigins;
        private List<String> allowedHosts;
        private Embedding embedding;
        private String tls;
        private List<String> tlsNames;

        Copy(HttpSettings settings) {
            host = settings.host;
            port = settings.port;
            maxConnections = settings.maxConnections;
            maxConnectionsPerAddress = settings.maxConnectionsPerAddress;
            maxInputRatePerAddress = settings.maxInputRatePerAddress;
            trustedProxies = settings.trustedProxies;
            requestTimeout = settings.requestTimeout;
            allowedOrigins = settings.allowedOrigins;
            allowedHosts = settings.allowedHosts;
            embedding = settings.embedding;
            tls = settings.tls;
            tlsNames = settings.tlsNames;
        }

        HttpSettings settings() {
            return new HttpSettings(
                    host,
                    port,
                    maxConnections,
                    maxConnectionsPerAddress,
                    maxInputRatePerAddress,
                    trustedProxies,
                    requestTimeout,
                    allowedOrigins,
                    allowedHosts,
                    embedding,
                    tls,
                    tlsNames);
        }
    }
}
