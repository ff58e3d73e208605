package dev.sightline.http;

import dev.sightline.http.connection.Goodbye;
import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Service;
import dev.sightline.http.connection.Traffic;
import dev.sightline.http.connection.Turn;
import dev.sightline.http.limits.Deadline;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.refusal.Excerpt;
import dev.sightline.refusal.RefusedException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the requests of one connection, one after the other, and hands each to its route.
 *
 * <p>One timeout limits all: a request has to arrive completely within that time, from the connection's beginning or the
 * previous answer; and its answer has to be read within the same time. That ends idle connections, and clients that send or
 * read as slowly as they can on purpose. Pipelined requests wait until the one before is answered.
 */
final class RequestReceiver extends SimpleChannelInboundHandler<HttpObject> {
    private static final int MOST_WAITING = 16;

    private final Service service;
    private final RequestAdmission reception;
    private final Channel channel;
    private final Turn turn;
    private final Admission admission;
    private final Deadline deadline;

    private @Nullable Exchange exchange;
    private @Nullable Incoming incoming;
    private @Nullable Response refusal;
    /** A handler looks for the answer. */
    private boolean handling;

    private boolean answering;
    private boolean ending;
    /** Whether the client has shut down its side; it may still wait for answers. */
    private boolean inputEnded;

    /** What a client sent before it had its answer. */
    private final Queue<HttpObject> waiting = new ArrayDeque<>();

    private boolean catchingUp;

    RequestReceiver(Service service, RequestAdmission reception, Channel channel, Turn turn, Admission admission) {
        super(HttpObject.class);
        this.service = service;
        this.reception = reception;
        this.channel = channel;
        this.turn = turn;
        this.admission = admission;
        this.deadline = Deadline.on(channel.eventLoop(), this::timeOut);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.start(service.firstWordTimeout());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        deadline.end();
        forgetWaiting();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (isBusy() || !waiting.isEmpty()) {
            HttpObject kept = kept(message);
            waiting.add(kept);
            admission.input().add(Traffic.HTTP.memory(kept));
            readOrWait();
        } else {
            take(ctx, message);
        }
    }

    /** A message in the form in which it waits: parts of a body are copied, since their buffer may be much larger. */
    private static HttpObject kept(HttpObject message) {
        boolean piece = message instanceof HttpContent part && part.content().isReadable();
        return piece
                ? ((HttpContent) message).replace(Unpooled.copiedBuffer(((HttpContent) message).content()))
                : ReferenceCountUtil.retain(message);
    }

    private void forgetWaiting() {
        for (HttpObject message : waiting) {
            admission.input().add(-Traffic.HTTP.memory(message));
            ReferenceCountUtil.release(message);
        }
        waiting.clear();
    }

    /** Goes on with pipelined requests. */
    private void catchUp(ChannelHandlerContext ctx) {
        if (catchingUp) {
            return; // called when the loop below writes an answer
        }
        catchingUp = true;
        while (!waiting.isEmpty() && !isBusy()) {
            HttpObject message = waiting.remove();
            admission.input().add(-Traffic.HTTP.memory(message));
            try {
                take(ctx, message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
        catchingUp = false;
        readOrWait();
        if (inputEnded && waiting.isEmpty() && !ending && !handling) {
            ending = true;
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject message) {
        if (!ending && message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (!ending && message instanceof HttpContent part && exchange != null) {
            add(exchange, part);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        Exchange begun = new Exchange(ctx, head, reception.cors());
        exchange = begun;
        deadline.change(service.requestTimeout());
        try {
            admission.countFor(head);
            Sender sender = new Sender(admission.peer().getAddress(), isByLoopback(), admission.client());
            Incoming received = reception.receive(head, sender, admission.input(), begun::leadsTo);
            incoming = received;
            begun.share(received.sharing());
            if (HttpUtil.is100ContinueExpected(head)) {
                ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
        } catch (ProblemException e) {
            refusal = e.response();
            if (head.decoderResult().isFailure() || hasBody(head)) {
                refuse(begun, e.response());
            }
        }
    }

    private boolean isByLoopback() {
        return channel.localAddress() instanceof InetSocketAddress here
                && here.getAddress().isLoopbackAddress();
    }

    private void add(Exchange current, HttpContent part) {
        if (part.decoderResult().isFailure()) {
            refuse(current, Response.problem(Problem.of(400, "the request's body is broken")));
            return;
        }
        try {
            if (incoming != null) {
                incoming.add(part.content());
            }
        } catch (ProblemException e) {
            refuse(current, e.response());
            return;
        }
        if (part instanceof LastHttpContent) {
            complete(current);
        }
    }

    private void complete(Exchange current) {
        admission.proved();
        current.complete();
        Incoming received = incoming;
        Response refused = refusal;
        exchange = null;
        incoming = null;
        refusal = null;
        if (received != null) {
            dispatch(current, received);
        } else if (refused != null) {
            answer(current, refused);
        }
    }

    private void dispatch(Exchange current, Incoming received) {
        Request request = received.request(admission.peer(), admission.client());
        Route route = received.route();
        if (inputEnded && !(route instanceof Route.Plain)) {
            channel.close(); // a client that awaited a late answer has left
            return;
        }
        try {
            if (request.access().isOver()) {
                throw AccessCheck.ended(); // while the body came
            }
            if (route instanceof Route.Plain plain) {
                handle(current, plain.handler(), request);
            } else if (route instanceof Route.Streamed streamed) {
                stream(current, streamed, request);
            } else if (route instanceof Route.Socket socket) {
                WebSocketHandshake.upgrade(current, socket, request, service, admission);
            }
        } catch (Exception e) {
            answer(current, failure(request.path(), e));
        }
    }

    private void handle(Exchange current, Handler handler, Request request) {
        handling = true;
        deadline.stop();
        service.requests().execute(() -> {
            Response response = response(handler, request);
            try {
                channel.eventLoop().execute(() -> answered(current, response));
            } catch (RejectedExecutionException e) {
                // The server stops, and the connection with it.
            }
        });
    }

    private Response response(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (Throwable e) {
            return failure(request.path(), e);
        }
    }

    private void answered(Exchange current, Response response) {
        answer(current, response);
        handling = false; // not before: writing may call catchUp
        catchUp(current.ctx());
    }

    /** The answer to a handler's failure; our own faults are logged, at most once per period. */
    private Response failure(String path, Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.response();
        }
        if (failure instanceof RefusedException refused) {
            return Response.problem(Problem.of(refused));
        }
        service.fault("a request for " + Excerpt.of(path) + " failed", failure);
        return wentWrong();
    }

    private void stream(Exchange current, Route.Streamed route, Request request) throws Exception {
        answering = true;
        deadline.stop();
        StreamedExchange response = new StreamedExchange(current, this::answered, service.patience(), request.access());
        try {
            route.handler().open(request, response);
        } catch (Exception e) {
            if (response.isBegun()) {
                service.fault("a streamed answer to " + Excerpt.of(request.path()) + " failed", e);
                channel.close();
            } else {
                throw e;
            }
        }
    }

    /** Answers a request that was read to its end. */
    private void answer(Exchange current, Response response) {
        answering = false;
        ending |= !HttpUtil.isKeepAlive(current.request());
        deadline.start(service.requestTimeout());
        current.respond(response, ending).addListener(written -> {
            if (channel.isActive()) {
                deadline.start(service.requestTimeout());
            }
        });
    }

    /** Answers a request that will not be read to its end. */
    private void refuse(Exchange current, Response response) {
        ending = true;
        deadline.start(service.requestTimeout());
        if (incoming != null) {
            incoming.drop();
        }
        current.refuse(response);
    }

    private boolean isBusy() {
        return !ending && (handling || answering || !channel.isWritable());
    }

    /** Keeps reading while an answer is pending, to notice when the client leaves, but within limits. */
    private void readOrWait() {
        turn.want(ending || channel.isWritable() && waiting.size() < MOST_WAITING);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        catchUp(ctx);
    }

    private void timeOut() {
        if (!ending && channel.isActive()) {
            Outcomes.timedOut(Outcomes.TimeOut.REQUEST);
        }
        Exchange current = exchange;
        if (current == null || ending) {
            channel.close();
        } else {
            refuse(current, Response.problem(Problem.of(408, "the request took too long to arrive")));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean ends = event instanceof ChannelInputShutdownEvent;
        inputEnded |= ends;
        if (event instanceof InputBudget.Excess excess) {
            exceeded(excess);
        } else if (event instanceof Goodbye || ends && (ending || answering)) {
            ctx.close();
        } else if (ends) {
            // It may have closed only its side; but a client that waits for a late answer has then left.
            catchUp(ctx);
        }
    }

    private void exceeded(InputBudget.Excess excess) {
        Exchange current = exchange;
        if (current == null || ending) {
            channel.close();
        } else {
            refuse(current, Response.problem(Problem.of(excess.ofAddress() ? 429 : 503, excess.reason())));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean theirs = cause instanceof IOException || cause instanceof DecoderException;
        if (!theirs) {
            service.fault("a connection failed", cause);
        }
        ctx.close();
    }

    private static boolean hasBody(HttpRequest head) {
        return HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
    }

    /** The answer to a request that failed for no fault of its own. */
    static Response wentWrong() {
        return Response.problem(Problem.of(500, "something went wrong in the server; its log says what"));
    }
}
