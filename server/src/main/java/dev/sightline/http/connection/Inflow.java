package dev.sightline.http.connection;

import dev.sightline.http.limits.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a connection is read: not while later handlers want nothing, nor while its client exceeds its rate. It is the
 * first handler of a connection of any protocol, and stays until the end.
 */
public final class Inflow extends ChannelInboundHandlerAdapter {
    private final InputRates rates;
    private ClientAddress client;
    private InputRates.@Nullable Rate rate;
    private @Nullable ChannelHandlerContext context;
    private boolean wanted = true;
    /** Whether the rate requires a pause. */
    private boolean waiting;

    /** Creates one that reads until its client exceeds its rate. */
    public Inflow(InputRates rates, ClientAddress client) {
        this.rates = rates;
        this.client = client;
    }

    /** Counts input for another client from now on. */
    public void moveTo(ClientAddress client) {
        leave();
        this.client = client;
        rate = rates.join(client);
    }

    private void leave() {
        InputRates.Rate shared = rate;
        rate = null;
        if (shared != null) {
            rates.leave(shared);
        }
    }

    /** Sets whether later handlers can take more. */
    void want(boolean more) {
        wanted = more;
        readOrWait();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        rate = rates.join(client);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        leave();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        InputRates.Rate shared = rate;
        long delay = shared != null && message instanceof ByteBuf bytes ? shared.spend(bytes.readableBytes()) : 0;
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
