package dev.sightline.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One listening port with its connections. Safe for use by any thread. */
public final class HttpServer implements AutoCloseable {
    private static final long GOODBYE_MILLIS = 1_000;

    private final EventLoopGroup eventLoops;
    private final Connections connections;
    private final Channel listening;

    private HttpServer(EventLoopGroup eventLoops, Connections connections, Channel listening) {
        this.eventLoops = eventLoops;
        this.connections = connections;
        this.listening = listening;
    }

    /**
     * Binds the port and serves at once.
     *
     * @param routes not to be changed afterwards
     * @throws BindException if the port is taken or the address is none of this computer's; the message says which, and
     *     what to do
     */
    public static HttpServer start(HttpSettings settings, Routes routes, OriginPolicy origins) throws IOException {
        return start(settings, routes, origins, Network.best(), Patience.USUAL);
    }

    static HttpServer start(
            HttpSettings settings, Routes routes, OriginPolicy origins, Network network, Patience patience)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new BindException("the host '" + settings.host() + "' is unknown: give an address of this computer,"
                    + " 127.0.0.1, or 0.0.0.0 for all of them");
        }
        Connections connections = new Connections(settings.maxConnections());
        Service service = new Service(routes, new Cors(origins), settings.requestTimeout(), patience);
        EventLoopGroup eventLoops = network.eventLoops();
        ChannelFuture bound = network.bootstrap(eventLoops)
                .childHandler(new ConnectionInitializer(connections, service))
                .bind(address)
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return new HttpServer(eventLoops, connections, bound.channel());
        }
        eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        throw explained(settings, bound.cause());
    }

    /** Where it listens, with the port really taken. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Connections at present. */
    public int connections() {
        return connections.count();
    }

    /** Lets go of the port, says goodbye on all connections and closes them; waits a few seconds at most. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.close(GOODBYE_MILLIS);
        eventLoops.shutdownGracefully(0, GOODBYE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
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
                    settings.host() + " is no address of this computer: use 127.0.0.1, or 0.0.0.0 for all of them");
        } else {
            explained = new BindException("cannot listen to " + place + ": " + said);
        }
        explained.initCause(cause);
        return explained;
    }
}
