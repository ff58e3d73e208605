package dev.sightline.http;

import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Service;
import dev.sightline.http.limits.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * Detects TLS by the first byte of a connection, and gives the connection its handlers: a TLS handshake record begins with 22
 * (RFC 8446 section 5.1), which no request begins with. A connection that sends nothing in time is closed.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {
    private static final int TLS_HANDSHAKE = 22;

    private final Service service;
    private final RequestAdmission plain;
    private final SecureSide secure;
    private final Admission admission;
    private final Deadline deadline;

    FirstByte(Service service, RequestAdmission plain, SecureSide secure, Admission admission, Channel channel) {
        this.service = service;
        this.plain = plain;
        this.secure = secure;
        this.admission = admission;
        this.deadline = Deadline.on(channel.eventLoop(), () -> {
            Outcomes.timedOut(Outcomes.TimeOut.REQUEST);
            channel.close();
        });
    }

    /** Whether these are the first bytes of a TLS connection. */
    static boolean isTls(ByteBuf bytes) {
        return bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.start(service.firstWordTimeout());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        deadline.end();
        ChannelPipeline pipeline = ctx.pipeline();
        if (message instanceof ByteBuf bytes && isTls(bytes)) {
            secure.speak(pipeline, admission);
        } else {
            ConnectionInitializer.speakHttp(pipeline, service, plain, admission);
        }
        ctx.fireChannelRead(message);
        pipeline.remove(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.close(); // it ends its side without a word, or the server stops
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
