package dev.sightline.http;

import dev.sightline.http.connection.InputRates;
import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Service;
import dev.sightline.http.connection.Timeouts;
import dev.sightline.http.connection.Traffic;
import dev.sightline.http.limits.InputBudget;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.LoggerFactory;

/** One listening port with its connections, plain or with TLS. Safe for use by any thread. */
public final class HttpServer implements AutoCloseable {
    private static final long GOODBYE_MILLIS = 1_000;

    private final EventLoopGroup eventLoops;
    private final ExecutorService requests;
    private final Optional<SecureSide> secure;
    private final Connections connections;
    private final Channel listening;

    private HttpServer(
            EventLoopGroup eventLoops,
            ExecutorService requests,
            Optional<SecureSide> secure,
            Connections connections,
            Channel listening) {
        this.eventLoops = eventLoops;
        this.requests = requests;
        this.secure = secure;
        this.connections = connections;
        this.listening = listening;
    }

    /**
     * Binds the port and serves at once.
     *
     * @param routes not to be changed afterwards
     * @throws BindException if the port is in use or the address is not one of this computer's; the message says which, and
     *     what to do
     */
    public static HttpServer start(HttpSettings settings, Routes routes, OriginPolicy origins) throws IOException {
        return start(settings, routes, origins, Network.best(), Timeouts.USUAL);
    }

    /**
     * Binds the port and serves at once, only with TLS: plain HTTP requests are redirected to HTTPS on the same port, except
     * for routes that are {@linkplain Routes#overPlainHttpToo served plainly too}.
     *
     * @param certificate asked for each new connection
     * @throws BindException as above
     */
    public static HttpServer start(
            HttpSettings settings, Routes routes, OriginPolicy origins, Supplier<SSLContext> certificate)
            throws IOException {
        return start(settings, routes, origins, Network.best(), Timeouts.USUAL, Optional.of(certificate));
    }

    /**
     * Binds the port; connections wait until {@link #accept}.
     *
     * @param routes asked for each request; what it gives is not to be changed afterwards
     * @param accesses what the sender of a request may do
     * @param certificate if only TLS is served, as above
     * @throws BindException as above
     */
    public static HttpServer bind(
            HttpSettings settings,
            Supplier<Routes> routes,
            OriginPolicy origins,
            AccessPolicy accesses,
            Optional<Supplier<SSLContext>> certificate)
            throws IOException {
        Doorkeepers doorkeepers = new Doorkeepers(origins, accesses);
        return bind(
                settings, routes, doorkeepers, Network.best(), Timeouts.USUAL, InputBudget.ofProcess(), certificate);
    }

    static HttpServer start(
            HttpSettings settings, Routes routes, OriginPolicy origins, Network network, Timeouts patience)
            throws IOException {
        return start(settings, routes, origins, network, patience, Optional.empty());
    }

    static HttpServer start(
            HttpSettings settings,
            Routes routes,
            OriginPolicy origins,
            Network network,
            Timeouts patience,
            Optional<Supplier<SSLContext>> certificate)
            throws IOException {
        return start(settings, routes, origins, network, patience, InputBudget.ofProcess(), certificate);
    }

    static HttpServer start(
            HttpSettings settings,
            Routes routes,
            OriginPolicy origins,
            Network network,
            Timeouts patience,
            InputBudget budget,
            Optional<Supplier<SSLContext>> certificate)
            throws IOException {
        HttpServer server = bind(
                settings,
                () -> routes,
                new Doorkeepers(origins, AccessPolicy.OPEN),
                network,
                patience,
                budget,
                certificate);
        server.accept();
        return server;
    }

    private static HttpServer bind(
            HttpSettings settings,
            Supplier<Routes> routes,
            Doorkeepers doorkeepers,
            Network network,
            Timeouts patience,
            InputBudget budget,
            Optional<Supplier<SSLContext>> certificate)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new BindException("the host '" + settings.host() + "' is unknown: give an address of this computer,"
                    + " 127.0.0.1, or 0.0.0.0 for all of them");
        }
        Connections connections = new Connections(settings, budget);
        Forwarding forwarding = new Forwarding(settings);
        RequestAdmission reception = doorkeepers.admission(routes, forwarding, false, certificate.isPresent());
        ExecutorService requests = RequestThreads.start();
        Service service =
                new Service(settings.requestTimeout(), patience, requests, LoggerFactory.getLogger(HttpServer.class));
        Optional<SecureSide> secure = certificate.map(
                current -> SecureSide.of(current, service, doorkeepers.admission(routes, forwarding, true, false)));
        EventLoopGroup eventLoops = network.eventLoops();
        ChannelFuture bound = network.bootstrap(eventLoops)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Arrivals(connections))
                .childHandler(new ConnectionInitializer(connections, service, reception, secure))
                .bind(address)
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return new HttpServer(eventLoops, requests, secure, connections, bound.channel());
        }
        eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        requests.shutdown();
        secure.ifPresent(SecureSide::close);
        throw explained(settings, bound.cause());
    }

    /** Starts to serve. */
    public void accept() {
        listening.config().setAutoRead(true);
    }

    /** The address it listens on, with the actual port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** How often connections of this program's servers exceeded their rate and had to wait, by the kind of rate. */
    public static Map<String, Long> delays() {
        return Map.of(
                "requests", Traffic.HTTP.delays(),
                "messages", Traffic.WEB_SOCKET.delays(),
                "bytes", InputRates.delays());
    }

    /** How many requests this program's servers have answered, by status. */
    public static Map<String, Long> answers() {
        return Outcomes.answers();
    }

    /** How long requests of this program's servers took. */
    public static List<RequestTimes.Row> requestTimes() {
        return RequestTimes.rows();
    }

    /** How many WebSockets they have closed, by code. */
    public static Map<String, Long> closes() {
        return Outcomes.closes();
    }

    /** How many connections they have ended because of a timeout, by its kind. */
    public static Map<String, Long> timeOuts() {
        return Outcomes.timeOuts();
    }

    /** The number of connections of all servers in this program now. */
    public static long present() {
        return Connections.present();
    }

    /**
     * How many connections of this program's servers were refused or closed: over the limit, over the limit of their address,
     * or silent when a newcomer needed room.
     */
    public static Map<String, Long> turnedAway() {
        return Connections.turnedAway();
    }

    /** The number of connections now. */
    public int connections() {
        return connections.count();
    }

    /** Stops listening; present connections stay. */
    public void refuse() {
        listening.close().awaitUninterruptibly();
    }

    /** Stops listening, says goodbye on all connections and closes them; waits a few seconds at most. */
    @Override
    public void close() {
        refuse();
        connections.close(GOODBYE_MILLIS);
        // An event loop blocked by the user's code may never end.
        eventLoops
                .shutdownGracefully(0, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * GOODBYE_MILLIS);
        requests.shutdown();
        secure.ifPresent(SecureSide::close);
    }

    private static BindException explained(HttpSettings settings, Throwable cause) {
        String place = "port " + settings.port() + " on " + settings.host();
        String said = String.valueOf(cause.getMessage());
        BindException explained;
        if (said.contains("in use")) {
            explained = new BindException(
                    place + " is taken: stop the program that has it, or choose another port (0 takes a free one)");
        } else if (said.contains("ermission denied")) {
            explained = new BindException(place + " may not be used by this user: choose a port above 1023");
        } else if (said.contains("assign requested address")) {
            explained = new BindException(
                    settings.host() + " is not an address of this computer: use 127.0.0.1, or 0.0.0.0 for all of them");
        } else {
            explained = new BindException("cannot listen to " + place + ": " + said);
        }
        explained.initCause(cause);
        return explained;
    }
}
