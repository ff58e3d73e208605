package dev.sightline.http;

import dev.sightline.http.limits.InputBudget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * Netty's TLS handler, which stores a record until its last byte is there, and all that comes during a handshake's computation:
 * what it stores counts as held.
 */
final class TlsHandler extends SslHandler {
    private final InputBudget.Account input;
    private int held;

    /** Creates one; {@code handshakes} computes the costly part of handshakes. */
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
