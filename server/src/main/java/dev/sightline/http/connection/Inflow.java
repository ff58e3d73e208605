package dev.sightline.http.connection;

import dev.sightline.http.limits.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a connection is read: not while those behind it want nothing, nor while its client has sent more than
 * its rate. It is the first handler of a connection, whatever that speaks, and stays until the end.
 */
public final class Inflow extends ChannelInboundHandlerAdapter {
    private final InputRates rates;
    private InputRates.Rate rate;
    private @Nullable ChannelHandlerContext context;
    private boolean wanted = true;
    /** Whether the rate says to wait. */
    private boolean waiting;

    /** Read as fast as it comes, until its client has sent too much. */
    public Inflow(InputRates rates, ClientAddress client) {
        this.rates = rates;
        this.rate = rates.join(client);
    }

    /** What comes counts for another client from now on. */
    public void moveTo(ClientAddress client) {
        rates.leave(rate);
        rate = rates.join(client);
    }

    /** Whether those behind it can take more. */
    void want(boolean more) {
        wanted = more;
        readOrWait();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        rates.leave(rate);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        long delay = message instanceof ByteBuf bytes ? rate.spend(bytes.readableBytes()) : 0;
        if (delay > 0 && !waiting) {
            waiting = true;
            readOrWait();
            ctx.executor().schedule(this::goOn, delay, TimeUnit.NANOSECONDS);
        }
        ctx.fireChannelRead(message);
    }

    private void goOn() {
        waiting = false;
        readOrWait();
    }

    private void readOrWait() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.channel().config().setAutoRead(wanted && !waiting);
        }
    }
}
