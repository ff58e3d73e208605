package dev.sightline.http;

import dev.sightline.http.connection.Goodbye;
import dev.sightline.http.connection.Inflow;
import dev.sightline.http.connection.InputRates;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.limits.Places;
import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.http.limits.TrustedProxies;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a server, limited in all and per address. One that has never sent a complete request makes room for a
 * newcomer. Safe for use by any thread.
 */
final class Connections {
    private static final long MEGABYTE = 1_000_000;
    private static final AttributeKey<Long> ARRIVAL = AttributeKey.valueOf(Connections.class, "arrival");
    private static final LongAdder PRESENT = new LongAdder();
    private static final LongAdder EVICTED = new LongAdder();
    private static final LongAdder FULL = new LongAdder();
    private static final LongAdder FULL_OF_ADDRESS = new LongAdder();

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final RateLimitedLog refusals = new RateLimitedLog(LoggerFactory.getLogger(HttpServer.class));
    private final Places<Admission> places;
    private final TrustedProxies proxies;
    private final boolean proxyProtocol;
    private final InputBudget budget;
    private final InputRates rates;

    Connections(HttpSettings settings, InputBudget budget) {
        this.places = new Places<>(
                settings.limits().maxConnections(), settings.limits().maxConnectionsPerAddress());
        this.proxies = new TrustedProxies(settings.trustedProxies());
        this.proxyProtocol = settings.proxies().proxyProtocol();
        this.budget = budget;
        this.rates = new InputRates(settings.limits().maxInputRatePerAddress() * MEGABYTE, System::nanoTime);
    }

    /**
     * A connection is accepted, by the one thread that accepts. Its own event loop admits it, some time later: by then one
     * that came after it may have been admitted.
     */
    void arrived(Channel channel) {
        channel.attr(ARRIVAL).set(places.arrive());
    }

    /**
     * Admits a connection, until it closes.
     *
     * @throws ProblemException 503 or 429, if the limit is reached
     */
    Admission admit(Channel channel) {
        open.add(channel);
        InetSocketAddress peer = peer(channel);
        ClientAddress client = proxies.client(peer.getAddress());
        InputBudget.Account input = budget.open(
                client,
                excess -> channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(excess)));
        Admission newcomer = new Admission(channel, this, peer, client, input, new Inflow(rates, client));
        try {
            places.enter(newcomer, client, channel.attr(ARRIVAL).get()).ifPresent(this::evict);
        } catch (Places.FullException e) {
            input.close();
            throw full(e, client);
        }
        PRESENT.increment();
        channel.closeFuture().addListener(closed -> {
            PRESENT.decrement();
            places.leave(newcomer);
            input.close();
        });
        return newcomer;
    }

    private static InetSocketAddress peer(Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress known) {
            return known;
        }
        throw new ProblemException(Problem.of(400, "this connection has ended")); // before anybody looked at it
    }

    /** Whether a connection is one of a proxy that first names its client by the PROXY protocol. */
    boolean beginsWithProxyHeader(Channel channel) {
        return proxyProtocol && proxies.areConfigured(peer(channel).getAddress());
    }

    /** The connection has sent a complete request. */
    void proved(Admission proved) {
        places.proved(proved);
    }

    /** The client of a request that names one. */
    ClientAddress client(InetAddress peer, List<String> forwardedFor) {
        return proxies.client(peer, forwardedFor);
    }

    /**
     * A connection counts for another client from now on.
     *
     * @throws ProblemException 429, if that client has reached its limit of connections
     */
    void move(Admission admission, ClientAddress client) {
        try {
            places.move(admission, client);
        } catch (Places.FullException e) {
            throw full(e, client);
        }
    }

    private void evict(Admission silent) {
        EVICTED.increment();
        refusals.report("the limit of connections is reached (max-connections, max-connections-per-address): one that"
                + " had sent no request made room for another");
        silent.close();
    }

    private ProblemException full(Places.FullException full, ClientAddress client) {
        if (full.isOfAddress()) {
            FULL_OF_ADDRESS.increment();
            refusals.report(
                    client + " has " + full.most() + " connections, which is max-connections-per-address: one more"
                            + " was refused (if that is a reverse proxy, name it in trusted-proxies)");
            return new ProblemException(
                    Problem.of(429, "your address has " + full.most() + " connections, the most allowed"));
        }
        FULL.increment();
        refusals.report("there are " + full.most() + " connections, which is max-connections: one more was refused");
        return new ProblemException(Problem.of(503, "the server has the most connections allowed"));
    }

    /** The number of connections of all servers in this program now. */
    static long present() {
        return PRESENT.sum();
    }

    /** The number refused so far, by reason. */
    static Map<String, Long> turnedAway() {
        return Map.of("full", FULL.sum(), "full_of_address", FULL_OF_ADDRESS.sum(), "silent", EVICTED.sum());
    }

    int count() {
        return places.count();
    }

    /** Says goodbye on all connections, waits for them to go, and closes the rest. */
    void close(long millis) {
        open.forEach(channel -> channel.pipeline().fireUserEventTriggered(Goodbye.SERVER_STOPS));
        open.newCloseFuture().awaitUninterruptibly(millis);
        open.close().awaitUninterruptibly(millis);
    }
}
