package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.http.connection.Goodbye;
import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Outlet;
import dev.sightline.http.connection.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One answer sent step by step. Once begun it owns the connection: it is the only handler left, reads only the end of input,
 * and writes straight to the socket.
 */
final class StreamedExchange extends ChannelInboundHandlerAdapter implements StreamedResponse {
    /** So long an access that has ended waits for the answer to what ended it. */
    private static final long LAST_WORD_MILLIS = 500;

    private final Exchange exchange;
    private final BiConsumer<Exchange, Response> answer;
    private final Timeouts patience;
    private final ChannelFutureListener closed = connection -> closed();
    private final List<Runnable> onClose = new ArrayList<>();
    private final Runnable outlived;

    private boolean answered;
    private boolean ended;
    private boolean over;
    private @Nullable Outlet outlet;
    private @Nullable Future<?> check;

    /**
     * Creates one; it ends with the access.
     *
     * @param answer sends an ordinary answer
     */
    StreamedExchange(Exchange exchange, BiConsumer<Exchange, Response> answer, Timeouts patience, Access access) {
        this.exchange = exchange;
        this.answer = answer;
        this.patience = patience;
        this.outlived = access.onEnd(() -> exchange.ctx().executor().execute(this::outlive));
        exchange.ctx().channel().closeFuture().addListener(closed);
    }

    /** The access has ended: so does a streamed answer, but an ordinary one may still say what became of the request. */
    private void outlive() {
        over = true;
        if (outlet != null) {
            exchange.ctx().channel().close();
        } else if (!answered) {
            exchange.ctx().executor().schedule(this::closeUnanswered, LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void closeUnanswered() {
        if (!answered) {
            exchange.ctx().channel().close();
        }
    }

    /** Whether the head of an answer was sent, so that no other can be sent. */
    boolean isBegun() {
        return answered;
    }

    @Override
    public EventExecutor executor() {
        return exchange.ctx().executor();
    }

    @Override
    public void respond(Response response) {
        answerOnce();
        // The connection outlives this exchange, perhaps by days and thousands of requests.
        exchange.ctx().channel().closeFuture().removeListener(closed);
        outlived.run();
        onClose.clear();
        answer.accept(exchange, response);
    }

    @Override
    public void begin(int status, Headers headers, Runnable onSent) {
        answerOnce();
        ChannelHandlerContext http = exchange.ctx();
        http.pipeline().addLast(this);
        exchange.begin(status, headers);
        outlet = new Outlet(http.pipeline().context(this), onSent);
        if (over) {
            http.channel().close();
        }
        if (exchange.request().method().equals(HttpMethod.HEAD)) {
            end();
        }
    }

    @Override
    public void send(ByteBuf bytes) {
        Outlet open = outlet;
        if (open == null || ended) {
            bytes.release();
        } else {
            open.picture(bytes);
        }
    }

    @Override
    public void end() {
        if (!ended) {
            ended = true;
            exchange.ctx().channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void onClose(Runnable action) {
        if (exchange.ctx().channel().closeFuture().isDone()) {
            action.run();
        } else {
            onClose.add(action);
        }
    }

    private void closed() {
        outlived.run();
        List<Runnable> actions = List.copyOf(onClose);
        onClose.clear();
        actions.forEach(Runnable::run);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long period = patience.pingEvery().toMillis();
        check = ctx.executor().scheduleAtFixedRate(() -> look(ctx), period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof Goodbye) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        Future<?> running = check;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void look(ChannelHandlerContext ctx) {
        Outlet open = outlet;
        if (open != null && open.isStalled(patience.stalled())) {
            Outcomes.timedOut(Outcomes.TimeOut.UNREAD);
            ctx.close();
        }
    }

    private void answerOnce() {
        if (answered) {
            throw new IllegalStateException("this request has its answer already");
        }
        answered = true;
    }
}
