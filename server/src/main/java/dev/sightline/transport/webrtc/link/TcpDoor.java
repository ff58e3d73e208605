package dev.sightline.transport.webrtc.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where TCP connections come in, for peers that UDP does not reach (RFC 6544, RFC 4571). The media thread only. */
final class TcpDoor extends ChannelInitializer<Channel> {
    private static final int LENGTH_BYTES = 2;
    private static final int MAX_STRANGERS = 64;

    private final Links links;
    private final Reception reception;

    /** Connections that belong to no link yet, the oldest first. */
    private final Set<Channel> strangers = new LinkedHashSet<>();

    TcpDoor(Links links) {
        this.links = links;
        this.reception = new Reception(links);
    }

    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(
                        LENGTH_BYTES + Reception.MAX_PACKET_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                .addLast(new Guest());
    }

    private void admit(Channel channel) {
        if (strangers.size() >= MAX_STRANGERS) {
            Iterator<Channel> oldest = strangers.iterator();
            Channel leaving = oldest.next();
            oldest.remove();
            leaving.close();
        }
        strangers.add(channel);
        long patience = links.patience().stranger().toMillis();
        channel.eventLoop().schedule(() -> expel(channel), patience, TimeUnit.MILLISECONDS);
    }

    private void expel(Channel channel) {
        if (strangers.remove(channel)) {
            channel.close();
        }
    }

    /** One connection. */
    private final class Guest extends ChannelInboundHandlerAdapter {
        private @Nullable TcpPath path;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            path = new TcpPath(context.channel(), links.counters());
            links.counters().tcpConnections.add(1);
            admit(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf packet = (ByteBuf) message;
            try {
                TcpPath way = path;
                if (way != null) {
                    reception.take(packet, way, () -> way);
                    if (way.link() != null) {
                        strangers.remove(context.channel());
                    }
                }
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            strangers.remove(context.channel());
            if (path != null) {
                links.counters().tcpConnections.add(-1);
                TcpPath gone = path;
                path = null;
                Link link = gone.link();
                if (link != null) {
                    link.guarded(() -> link.lost(gone));
                }
            }
        }

        /** It speaks something else, or is gone. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            links.counters().junk.add(1);
            context.close();
        }
    }
}
