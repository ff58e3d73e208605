package dev.sightline.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the requests of one connection, one after the other, and hands each to its route.
 *
 * <p>One time-out rules all: a request has to arrive, completely, within a time from the connection's beginning or the
 * answer before; and its answer has to be taken within the same time. That ends idle connections, and those that send or
 * read as slowly as they can on purpose. While an answer is still to come, or to be taken, no further request is read.
 */
final class RequestReceiver extends SimpleChannelInboundHandler<HttpObject> {
    private final Service service;
    private final Channel channel;
    private final Deadline deadline;

    private @Nullable Exchange exchange;
    private @Nullable Incoming incoming;
    private @Nullable Response refusal;
    private boolean answering;
    private boolean ending;

    RequestReceiver(Service service, Channel channel) {
        this.service = service;
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop(), service.requestTimeout(), this::timeOut);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.arm();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        deadline.disarm();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (!ending && message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (!ending && message instanceof HttpContent part && exchange != null) {
            add(exchange, part);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        Exchange begun = new Exchange(ctx, head, service.cors());
        exchange = begun;
        try {
            incoming = service.reception().receive(head);
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
        Request request = received.request((InetSocketAddress) channel.remoteAddress());
        Route route = received.route();
        try {
            if (route instanceof Route.Plain plain) {
                answer(current, plain.handler().handle(request));
            } else if (route instanceof Route.Streamed streamed) {
                stream(current, streamed, request);
            } else if (route instanceof Route.Socket socket) {
                WebSocketHandshake.upgrade(current, socket, request, service);
            }
        } catch (Exception e) {
            answer(current, service.failure(request.path(), e));
        }
    }

    private void stream(Exchange current, Route.Streamed route, Request request) throws Exception {
        answering = true;
        deadline.disarm();
        readOrWait();
        StreamedExchange response = new StreamedExchange(current, this::answer, service.patience());
        try {
            route.handler().open(request, response);
        } catch (Exception e) {
            if (response.isBegun()) {
                service.fault("a streamed answer to " + request.path() + " failed", e);
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
        deadline.arm();
        current.respond(response, ending).addListener(written -> {
            if (channel.isActive()) {
                deadline.arm();
            }
        });
        readOrWait();
    }

    /** Answers a request that will not be read to its end. */
    private void refuse(Exchange current, Response response) {
        ending = true;
        deadline.arm();
        current.refuse(response);
    }

    private void readOrWait() {
        channel.config().setAutoRead(ending || !answering && channel.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readOrWait();
    }

    private void timeOut() {
        Exchange current = exchange;
        if (current == null || ending) {
            channel.close();
        } else {
            refuse(current, Response.problem(Problem.of(408, "the request took too long to arrive")));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean inputEnded = event instanceof ChannelInputShutdownEvent;
        if (event instanceof Connections.Goodbye || inputEnded && ending) {
            ctx.close();
        } else if (inputEnded) {
            ending = true;
            if (!answering) {
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.disarm();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            service.fault("a connection failed", cause);
        }
        ctx.close();
    }

    private static boolean hasBody(HttpRequest head) {
        return HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
    }
}
