package dev.sightline.http.connection;

import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.limits.TokenBucket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages from a decoder to a receiver, so few in each turn of the event loop that other connections are soon served.
 * One read may contain a thousand requests or ten thousand frames. The excess over {@link Traffic#A_TURN} waits for the next
 * turn; the excess over the connection's rate waits until it is time. Meanwhile nothing is read, so what waits here is never
 * more than one read brought.
 *
 * <p>Waiting messages count as held by the connection: there may be thousands, larger in memory than on the wire.
 *
 * <p>The receiver reports by {@link #want} whether it can take more; this handler controls the {@link Inflow}. Events that came
 * after waiting messages, such as the end of input, stay behind them.
 */
public final class Turn extends ChannelInboundHandlerAdapter {
    private final Traffic traffic;
    private final InputBudget.Account input;
    private final Inflow inflow;
    private final TokenBucket rate;
    private final Queue<Object> kept = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext context;
    private int done;
    private long arrived;
    private boolean wanted = true;
    /** Whether the next turn is already scheduled. */
    private boolean going;

    /** Creates one for a new connection, or for one that changes its protocol. */
    public Turn(Traffic traffic, InputBudget.Account input, Inflow inflow) {
        this(traffic, input, inflow, System::nanoTime);
    }

    Turn(Traffic traffic, InputBudget.Account input, Inflow inflow, LongSupplier nanoTime) {
        this.traffic = traffic;
        this.input = input;
        this.inflow = inflow;
        this.rate = traffic.rate(nanoTime);
    }

    /** How many messages have come. */
    long arrived() {
        return arrived;
    }

    /** The receiver can take more, or no more for now. */
    public void want(boolean more) {
        wanted = more;
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            readOrWait(ctx);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        release();
        inflow.want(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        arrived++;
        if (kept.isEmpty() && isPassed(message)) {
            ctx.fireChannelRead(message);
        } else {
            keep(ctx, message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (kept.isEmpty()) {
            done = 0; // a channel reads once a turn
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !kept.isEmpty()) {
            keep(ctx, event);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && !kept.isEmpty()) {
            keep(ctx, new Fault(cause));
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release(); // nobody is left to be answered
        ctx.fireChannelInactive();
    }

    private void keep(ChannelHandlerContext ctx, Object item) {
        kept.add(item);
        input.add(traffic.memory(item));
        readOrWait(ctx);
    }

    private boolean isPassed(Object message) {
        int work = traffic.work(message);
        boolean passed = wanted && (work == 0 || done < Traffic.A_TURN && rate.take(traffic.price(message)));
        if (passed) {
            done += work;
        }
        return passed;
    }

    private void readOrWait(ChannelHandlerContext ctx) {
        if (!kept.isEmpty() && wanted && !going) {
            going = true;
            ctx.executor().schedule(() -> goOn(ctx), delayNanos(), TimeUnit.NANOSECONDS);
        }
        inflow.want(wanted && kept.isEmpty());
    }

    /** 0 for the next turn: scheduled tasks run after the event loop has served all connections, other tasks before. */
    private long delayNanos() {
        if (done >= Traffic.A_TURN) {
            return 0;
        }
        long delay = rate.nanosUntil(traffic.price(kept.element()));
        if (delay > 0) {
            traffic.delayed();
        }
        return delay;
    }

    private void goOn(ChannelHandlerContext ctx) {
        done = 0;
        while (!kept.isEmpty() && isPassed(kept.element())) {
            Object next = kept.remove();
            input.add(-traffic.memory(next));
            pass(ctx, next);
        }
        going = false;
        if (!ctx.isRemoved()) {
            readOrWait(ctx);
        }
    }

    private static void pass(ChannelHandlerContext ctx, Object item) {
        if (item instanceof Fault fault) {
            ctx.fireExceptionCaught(fault.cause());
        } else if (item instanceof ChannelInputShutdownEvent) {
            ctx.fireUserEventTriggered(item);
        } else {
            ctx.fireChannelRead(item);
        }
    }

    private void release() {
        for (Object item : kept) {
            input.add(-traffic.memory(item));
            ReferenceCountUtil.release(item);
        }
        kept.clear();
    }

    /** A decoder's failure, behind what it decoded before. */
    private record Fault(Throwable cause) {}
}
