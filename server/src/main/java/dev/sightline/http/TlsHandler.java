package dev.sightline.http;

import dev.sightline.http.limits.InputBudget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * Netty's handler of TLS, which keeps a record until its last byte is there, and all that comes while a handshake is
 * calculated: what it keeps counts as held.
 */
final class TlsHandler extends SslHandler {
    private final InputBudget.Account input;
    private int held;

    /** With the threads that the costly part of handshakes is done on. */
    TlsHandler(SSLEngine engine, Executor handshakes, InputBudget.Account input) {
        super(engine, handshakes);
        this.input = input;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        super.channelRead(ctx, message);
        int now = actualReadableBytes() == 0 ? 0 : internalBuffer().capacity();
        int before = held;
        held = now;
        input.add(now - before);
    }
}
