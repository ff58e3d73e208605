package dev.sightline.transport.webrtc.link;

import dev.sightline.http.limits.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where TCP connections come in, for peers that UDP does not reach (RFC 6544, RFC 4571). The media thread only. */
final class TcpDoor extends ChannelInitializer<Channel> {
    private static final int LENGTH_BYTES = 2;
    private static final int MAX_STRANGERS = 64;

    private final Links links;
    private final PacketDemultiplexer reception;

    /** Connections that belong to no link yet. */
    private final Crowd<Guest> strangers = new Crowd<>(guest -> guest.client, guest -> guest.cameNanos);

    TcpDoor(Links links) {
        this.links = links;
        this.reception = new PacketDemultiplexer(links);
    }

    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(
                        LENGTH_BYTES + PacketDemultiplexer.MAX_PACKET_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                .addLast(new Guest(
                        channel, ClientAddress.shared(((InetSocketAddress) channel.remoteAddress()).getAddress())));
    }

    private void admit(Guest newcomer, Channel channel) {
        if (strangers.size() >= MAX_STRANGERS) {
            strangers.last().ifPresent(leaving -> {
                links.counters().strangersEvicted.add(1);
                leaving.expel();
            });
        }
        strangers.add(newcomer);
        long patience = links.patience().stranger().toMillis();
        channel.eventLoop().schedule(newcomer::expel, patience, TimeUnit.MILLISECONDS);
    }

    /** One connection. */
    private final class Guest extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final InetAddress client;
        private final long cameNanos = System.nanoTime();
        private @Nullable TcpPath path;
        private boolean stranger = true;

        Guest(Channel channel, InetAddress client) {
            this.channel = channel;
            this.client = client;
        }

        /** Closes it if it belongs to no link. */
        private void expel() {
            if (stranger) {
                strangers.remove(this);
                channel.close();
            }
        }

        private void known() {
            stranger = false;
            strangers.remove(this);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            path = new TcpPath(channel, links.counters());
            links.counters().tcpConnections.add(1);
            admit(this, channel);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf packet = (ByteBuf) message;
            try {
                TcpPath way = path;
                if (way != null) {
                    reception.take(packet, way, () -> way);
                    if (way.link() != null) {
                        known();
                    }
                }
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            known();
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
