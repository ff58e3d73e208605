package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Answers whatever comes with 503, TLS with nothing, and closes: there are as many connections as there may be. */
final class Refusal extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean tls = message instanceof ByteBuf bytes && FirstByte.isTls(bytes);
        ReferenceCountUtil.release(message);
        if (tls) {
            ctx.close();
            return;
        }
        Response response = Response.problem(Problem.of(503, "the server has as many connections as it may have"));
        String head = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n"
                + "Content-Type: application/problem+json\r\nContent-Length: " + response.body().length + "\r\n\r\n";
        ctx.write(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
        ctx.writeAndFlush(Unpooled.wrappedBuffer(response.body())).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
