package dev.sightline.http;

import dev.sightline.http.connection.HeadBytes;
import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Outlet;
import dev.sightline.http.connection.Turn;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The answer to one request, on its way into the connection. Used on the connection's event loop. */
final class Exchange {
    /** For this long, further input of a refused client is read and discarded, because a reset could destroy the answer. */
    private static final long LINGER_SECONDS = 2;

    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final Cors cors;
    private Sharing sharing = Sharing.OWN;
    private Optional<PathPattern> route = Optional.empty();
    private boolean timed = true;
    private long sinceNanos = System.nanoTime();

    Exchange(ChannelHandlerContext ctx, HttpRequest request, Cors cors) {
        this.ctx = ctx;
        this.request = request;
        this.cors = cors;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    HttpRequest request() {
        return request;
    }

    /** Sets what pages of other origins may do with the answer. */
    void share(Sharing with) {
        sharing = with;
    }

    /** The request leads there. */
    void leadsTo(Routes.Match match) {
        route = Optional.of(match.pattern());
        timed = !match.waits().contains(request.method().name());
    }

    /** The request has arrived to its end: what it takes from now on is the server's. */
    void complete() {
        sinceNanos = System.nanoTime();
    }

    private void answered(int status) {
        Outcomes.answered(status);
        if (timed) {
            RequestTimes.record(route, request.method().name(), status, System.nanoTime() - sinceNanos);
        }
    }

    /** Answers a request that was read to its end; the last answer closes the connection. */
    ChannelFuture respond(Response response, boolean last) {
        ChannelFuture written = ctx.writeAndFlush(wire(response, !last));
        return last ? written.addListener(ChannelFutureListener.CLOSE) : written;
    }

    /** Answers a request whose rest nobody will read, and closes the connection. */
    void refuse(Response response) {
        ctx.writeAndFlush(wire(response, false)).addListener(written -> linger());
    }

    /** Sends the head of an answer that ends with the connection. */
    void begin(int status, Headers headers) {
        answered(status);
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        complete(head, headers);
        head.headers().set(HttpHeaderNames.CONNECTION, "close");
        ctx.writeAndFlush(head);
        leaveHttp();
    }

    /**
     * Accepts an upgrade: removes the HTTP handlers, lets the taker prepare itself, and sends the answer only after that. So
     * everything is ready for what the client does next.
     */
    void upgrade(FullHttpResponse accepted, Runnable taker) {
        answered(accepted.status().code());
        ctx.write(accepted);
        leaveHttp();
        taker.run();
        ctx.channel().flush();
    }

    /** Puts a handler behind those of HTTP. */
    void handOver(ChannelHandler... handlers) {
        ctx.pipeline().addLast(handlers);
    }

    /** From here on, bytes pass unchanged both ways. */
    private void leaveHttp() {
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(HeadBytes.class);
        pipeline.remove(RequestReceiver.class);
        pipeline.remove(Turn.class); // the first one: a WebSocket's may already follow it
        pipeline.remove(HttpServerCodec.class); // its last bytes may fill a WebSocket's turn and more
    }

    private void linger() {
        Outlet.shutdownOutput(ctx.channel());
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private FullHttpResponse wire(Response response, boolean keepAlive) {
        answered(response.status());
        FullHttpResponse wire = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(response.body()));
        complete(wire, response.headers());
        if (response.status() != 204 && response.status() != 304) {
            HttpUtil.setContentLength(wire, response.body().length);
        }
        HttpUtil.setKeepAlive(wire.headers(), request.protocolVersion(), keepAlive);
        return wire;
    }

    private void complete(HttpResponse answer, Headers headers) {
        HttpHeaders fields = answer.headers();
        headers.asMap().forEach(fields::set);
        fields.set(HttpHeaderNames.DATE, DateField.now());
        String location = fields.get(HttpHeaderNames.LOCATION);
        if (location != null) {
            fields.set("Location", Forwarding.seen(request.headers()).before(location));
        }
        SecurityHeaders.complete(fields, cors.isTrustworthy(request));
        cors.permit(request, sharing, fields);
    }
}
