package dev.sightline.http.connection;

import dev.sightline.http.limits.InputBudget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts what comes of a request's head before its end: Netty's codec stores it, without reporting how much. Heads that come in
 * one piece, as nearly all do, count nothing.
 */
public final class HeadBytes extends ChannelInboundHandlerAdapter {
    /** The most memory that the fields of a head take besides. */
    private static final int FIELDS_MEMORY = 25_000;

    private final Turn decoded;
    private final InputBudget.Account input;
    private int held;

    /**
     * Creates the handler in front of the codec.
     *
     * @param decoded the handler behind the codec, which knows its output
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
