package dev.sightline.http;

import dev.sightline.http.connection.Inflow;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import java.util.List;

/** One connection's place at a server: the client it counts for, and how much of its input waits. Used on its event loop. */
final class Admission {
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");

    private final Channel channel;
    private final Connections connections;
    private InetSocketAddress peer;
    private final InputBudget.Account input;
    private final Inflow inflow;
    private ClientAddress own;
    private ClientAddress client;
    private boolean proved;

    Admission(
            Channel channel,
            Connections connections,
            InetSocketAddress peer,
            ClientAddress client,
            InputBudget.Account input,
            Inflow inflow) {
        this.channel = channel;
        this.connections = connections;
        this.peer = peer;
        this.own = client;
        this.client = client;
        this.input = input;
        this.inflow = inflow;
    }

    /** The account of its waiting input. */
    InputBudget.Account input() {
        return input;
    }

    /** Controls whether it is read. */
    Inflow inflow() {
        return inflow;
    }

    /** The other end of the connection, or the one for which a proxy opened it. */
    InetSocketAddress peer() {
        return peer;
    }

    /**
     * A proxy has opened the connection for somebody.
     *
     * @throws ProblemException 429, if that client has reached its limit of connections
     */
    void openedFor(InetSocketAddress other) {
        peer = other;
        own = connections.client(other.getAddress(), List.of());
        become(own);
    }

    /** The client it counts for now. */
    ClientAddress client() {
        return client;
    }

    /**
     * A request has come, perhaps for another client than the one before.
     *
     * @throws ProblemException 429, if that client has reached its limit of connections
     */
    void countFor(HttpRequest head) {
        List<String> forwardedFor = head.headers().getAll(FORWARDED_FOR);
        ClientAddress now = forwardedFor.isEmpty() ? own : connections.client(peer.getAddress(), forwardedFor);
        become(now);
    }

    private void become(ClientAddress now) {
        if (!now.equals(client)) {
            connections.move(this, now);
            client = now;
            input.moveTo(now);
            inflow.moveTo(now);
        }
    }

    /** A complete request has come. */
    void proved() {
        if (!proved) {
            proved = true;
            connections.proved(this);
        }
    }

    /** Closes the connection. Any thread. */
    void close() {
        channel.close();
    }
}
