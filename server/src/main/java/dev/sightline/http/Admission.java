package dev.sightline.http;

import dev.sightline.http.connection.Inflow;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;

/**
 * One connection's place among those of a server: whom it counts for, and how much of its input waits. Used on its event
 * loop.
 */
final class Admission {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final Channel channel;
    private final Connections connections;
    private final InetAddress peer;
    private final InputBudget.Account input;
    private final Inflow inflow;
    private ClientAddress client;
    private boolean proved;

    Admission(
            Channel channel,
            Connections connections,
            InetAddress peer,
            ClientAddress client,
            InputBudget.Account input,
            Inflow inflow) {
        this.channel = channel;
        this.connections = connections;
        this.peer = peer;
        this.client = client;
        this.input = input;
        this.inflow = inflow;
    }

    /** What it holds. */
    InputBudget.Account input() {
        return input;
    }

    /** Whether it is read. */
    Inflow inflow() {
        return inflow;
    }

    /** Whom it counts for now. */
    ClientAddress client() {
        return client;
    }

    /**
     * A request has come, perhaps on behalf of another client than the one before.
     *
     * @throws ProblemException 429, if that client has as many connections as it may have
     */
    void countFor(HttpRequest head) {
        ClientAddress now = connections.move(this, peer, head.headers().getAll(FORWARDED_FOR));
        if (!now.equals(client)) {
            client = now;
            input.moveTo(now);
            inflow.moveTo(now);
        }
    }

    /** A whole request has come. */
    void proved() {
        if (!proved) {
            proved = true;
            connections.proved(this);
        }
    }

    /** By any thread: it has to go. */
    void close() {
        channel.close();
    }
}
