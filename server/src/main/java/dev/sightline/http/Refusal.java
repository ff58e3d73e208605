package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Answers any request with one answer, TLS with none, and closes the connection, because the limit of connections is reached. A
 * connection that sends nothing is closed soon.
 */
final class Refusal extends ChannelInboundHandlerAdapter {
    private static final int PATIENCE_SECONDS = 2;

    private final Response response;

    Refusal(Response response) {
        this.response = response;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Future<?> tooLate = ctx.executor().schedule(() -> ctx.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        ctx.channel().closeFuture().addListener(closed -> tooLate.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean tls = message instanceof ByteBuf bytes && FirstByte.isTls(bytes);
        ReferenceCountUtil.release(message);
        if (tls) {
            ctx.close();
            return;
        }
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(response.status())
                + "\r\nConnection: close\r\nRetry-After: 5\r\n"
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
