package dev.sightline.http.connection;

import dev.sightline.http.limits.InputBudget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts as held what comes of a request's head before its end: Netty's codec keeps it, and does not tell how much. Heads
 * that come in one piece, which nearly all do, count nothing.
 */
public final class HeadBytes extends ChannelInboundHandlerAdapter {
    /** What the fields of a head take in memory besides, at most. */
    private static final int FIELDS_MEMORY = 25_000;

    private final Turn decoded;
    private final InputBudget.Account input;
    private int held;

    /**
     * Stands before the codec.
     *
     * @param decoded stands behind it, and knows what came out
     */
    public HeadBytes(Turn decoded, InputBudget.Account input) {
        this.decoded = decoded;
        this.input = input;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        int length = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        long before = decoded.arrived();
        ctx.fireChannelRead(message);
        if (decoded.arrived() != before) {
            hold(0);
        } else {
            hold(held == 0 ? length + FIELDS_MEMORY : held + length);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        hold(0);
    }

    private void hold(int now) {
        int before = held;
        held = now;
        input.add(now - before);
    }
}
