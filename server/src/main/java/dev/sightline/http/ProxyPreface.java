package dev.sightline.http;

import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Service;
import dev.sightline.http.limits.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a connection that a proxy opened by the PROXY protocol: from then on it is the client's. A connection without that
 * header, or with a broken one, is closed without a word, as the protocol demands.
 */
final class ProxyPreface extends ByteToMessageDecoder {
    private final Admission admission;
    private final Runnable next;
    private final Deadline deadline;

    /** Creates one; {@code next} adds the handlers of what follows. */
    ProxyPreface(Service service, Admission admission, Channel channel, Runnable next) {
        this.admission = admission;
        this.next = next;
        this.deadline = Deadline.on(channel.eventLoop(), () -> {
            Outcomes.timedOut(Outcomes.TimeOut.REQUEST);
            channel.close();
        });
        deadline.start(service.firstWordTimeout());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) {
        Optional<ProxyHeader> header = ProxyHeader.read(bytes);
        if (header.isEmpty()) {
            return;
        }
        deadline.end();
        ChannelPipeline pipeline = ctx.pipeline();
        try {
            admission.openedFor(header.get().client());
            next.run();
        } catch (ProblemException full) {
            pipeline.addLast(new Refusal(full.response()));
        }
        pipeline.remove(this); // what follows the header goes on to the next handler
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        deadline.end();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.close(); // it ends its side without a word, or the server stops
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
