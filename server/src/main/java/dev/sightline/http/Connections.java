package dev.sightline.http;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** The open connections of a server, up to a limit. Safe for use by any thread. */
final class Connections {
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicInteger count = new AtomicInteger();
    private final FaultLog refusals = new FaultLog(LoggerFactory.getLogger(HttpServer.class));
    private final int max;

    Connections(int max) {
        this.max = max;
    }

    /** Takes a connection in, until it closes; false if there are as many as there may be. */
    boolean admit(Channel channel) {
        boolean admitted = count.incrementAndGet() <= max;
        channel.closeFuture().addListener(closed -> count.decrementAndGet());
        open.add(channel);
        if (!admitted) {
            refusals.report("there are " + max + " connections, which is max-connections: one more was refused");
        }
        return admitted;
    }

    int count() {
        return count.get();
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
}
