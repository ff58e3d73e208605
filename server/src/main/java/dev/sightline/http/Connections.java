package dev.sightline.http;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a server: so many in all, and so many for one address. Where there is no room the oldest that
 * has never sent a whole request makes it, so that those who say nothing keep nobody out.
 *
 * <p>Safe for use by any thread.
 */
final class Connections {
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final FaultLog refusals = new FaultLog(LoggerFactory.getLogger(HttpServer.class));
    private final int most;
    private final int mostForAddress;
    private final TrustedProxies proxies;
    private final InputBudget budget;
    // Guarded by this.
    private final Set<Admission> unproved = new LinkedHashSet<>();
    private final Map<ClientAddress, Guests> addresses = new HashMap<>();
    private int count;

    Connections(HttpSettings settings, InputBudget budget) {
        this.most = settings.maxConnections();
        this.mostForAddress = settings.maxConnectionsPerAddress();
        this.proxies = new TrustedProxies(settings.trustedProxies());
        this.budget = budget;
    }

    /**
     * Takes a connection in, until it closes.
     *
     * @throws ProblemException 503 or 429, if there are as many as there may be
     */
    Admission admit(Channel channel) {
        open.add(channel);
        InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        ClientAddress client = proxies.client(peer);
        InputBudget.Account input = budget.open(client, excess -> channel.eventLoop()
                .execute(() -> channel.pipeline().fireUserEventTriggered(excess)));
        Admission newcomer = new Admission(channel, this, peer, client, input);
        channel.closeFuture().addListener(closed -> {
            input.close();
            leave(newcomer);
        });
        Admission leaving = enter(newcomer, client);
        if (leaving != null) {
            refusals.report("there are as many connections as may be (max-connections, max-connections-per-address):"
                    + " one that had said nothing made room for another");
            leaving.evict();
        }
        return newcomer;
    }

    /** The room is made; whoever has to leave for it. */
    private synchronized @Nullable Admission enter(Admission newcomer, ClientAddress client) {
        Guests guests = addresses.getOrDefault(client, new Guests());
        boolean fullForAddress = isFull(client, guests);
        Admission leaving = null;
        if (fullForAddress || count >= most) {
            Iterator<Admission> oldest = (fullForAddress ? guests.unproved : unproved).iterator();
            if (!oldest.hasNext()) {
                throw fullForAddress ? tooManyOf(client) : tooMany();
            }
            leaving = oldest.next();
            leave(leaving);
        }
        count++;
        unproved.add(newcomer);
        add(newcomer, client).unproved.add(newcomer);
        return leaving;
    }

    private synchronized void leave(Admission leaving) {
        ClientAddress client = leaving.client();
        Guests guests = addresses.get(client);
        if (guests != null && guests.all.contains(leaving)) {
            count--;
            unproved.remove(leaving);
            remove(leaving, client, guests);
        }
    }

    /** It has sent a whole request. */
    synchronized void proved(Admission proved) {
        unproved.remove(proved);
        Guests guests = addresses.get(proved.client());
        if (guests != null) {
            guests.unproved.remove(proved);
        }
    }

    /**
     * A request has come: its connection counts for whoever it is from.
     *
     * @throws ProblemException 429, if that client has as many connections as it may have
     */
    void move(Admission admission, InetAddress peer, List<String> forwardedFor) {
        ClientAddress client = proxies.client(peer, forwardedFor);
        ClientAddress before = admission.client();
        if (!client.equals(before)) {
            move(admission, before, client);
        }
    }

    private synchronized void move(Admission admission, ClientAddress from, ClientAddress to) {
        if (isFull(to, addresses.getOrDefault(to, new Guests()))) {
            throw tooManyOf(to);
        }
        Guests before = addresses.get(from);
        if (before != null && before.all.contains(admission)) {
            boolean isUnproved = before.unproved.contains(admission);
            remove(admission, from, before);
            Guests now = add(admission, to);
            if (isUnproved) {
                now.unproved.add(admission);
            }
            admission.movedTo(to);
        }
    }

    private boolean isFull(ClientAddress client, Guests guests) {
        return !client.isExempt() && guests.all.size() >= mostForAddress;
    }

    private Guests add(Admission admission, ClientAddress client) {
        Guests guests = addresses.computeIfAbsent(client, unknown -> new Guests());
        guests.all.add(admission);
        return guests;
    }

    private void remove(Admission admission, ClientAddress client, Guests guests) {
        guests.all.remove(admission);
        guests.unproved.remove(admission);
        if (guests.all.isEmpty()) {
            addresses.remove(client);
        }
    }

    private ProblemException tooMany() {
        refusals.report("there are " + most + " connections, which is max-connections: one more was refused");
        return new ProblemException(Problem.of(503, "the server has as many connections as it may have"));
    }

    private ProblemException tooManyOf(ClientAddress client) {
        refusals.report(client + " has " + mostForAddress + " connections, which is max-connections-per-address: one"
                + " more was refused (a reverse proxy belongs into trusted-proxies)");
        return new ProblemException(
                Problem.of(429, "your address has " + mostForAddress + " connections, as many as it may have"));
    }

    synchronized int count() {
        return count;
    }

    /** Says goodbye on all, waits for them to go, and closes those that are left. */
    void close(long millis) {
        open.forEach(channel -> channel.pipeline().fireUserEventTriggered(Goodbye.SERVER_STOPS));
        open.newCloseFuture().awaitUninterruptibly(millis);
        open.close().awaitUninterruptibly(millis);
    }

    /** The event that tells a connection to come to its end. */
    enum Goodbye {
        SERVER_STOPS
    }

    /** The connections of one address. */
    private static final class Guests {
        private final Set<Admission> all = new LinkedHashSet<>();
        private final Set<Admission> unproved = new LinkedHashSet<>();
    }
}
