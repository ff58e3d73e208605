package dev.sightline.bench.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** One viewer's connection: answers its request, whatever that is, and then reads nothing but its end. */
final class Connection extends ChannelInboundHandlerAdapter {
    private final Framing framing;
    private final Viewers viewers;
    private final StringBuilder request = new StringBuilder();
    private boolean answered;

    Connection(Framing framing, Viewers viewers) {
        this.framing = framing;
        this.viewers = viewers;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!answered) {
            request.append(bytes.toString(StandardCharsets.US_ASCII));
            if (request.indexOf("\r\n\r\n") >= 0) {
                answered = true;
                ctx.writeAndFlush(
                        Unpooled.copiedBuffer(framing.response(request.toString()), StandardCharsets.ISO_8859_1));
                viewers.add(ctx.channel());
            }
        }
        bytes.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        viewers.remove(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
