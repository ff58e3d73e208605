package dev.sightline.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Notes in which order connections are accepted, before Netty hands them to their event loops. */
final class Arrivals extends ChannelInboundHandlerAdapter {
    private final Connections connections;

    Arrivals(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        if (accepted instanceof Channel connection) {
            connections.arrived(connection);
        }
        ctx.fireChannelRead(accepted);
    }
}
