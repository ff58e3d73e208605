package dev.sightline.transport.webrtc.transport;

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

/** Accepts TCP connections, for peers that UDP does not reach (RFC 6544, RFC 4571). Used on the media thread. */
final class TcpDoor extends ChannelInitializer<Channel> {
    private static final int LENGTH_BYTES = 2;
    private static final int MAX_STRANGERS = 64;

    private final PeerTransports transports;
    private final PacketDemultiplexer reception;
    private final byte[] packet = new byte[PacketDemultiplexer.MAX_PACKET_BYTES];

    /** Connections that do not belong to a transport yet. */
    private final Crowd<Guest> strangers = new Crowd<>(guest -> guest.client, guest -> guest.cameNanos);

    TcpDoor(PeerTransports transports) {
        this.transports = transports;
        this.reception = new PacketDemultiplexer(transports);
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
                transports.counters().strangersEvicted.add(1);
                leaving.expel();
            });
        }
        strangers.add(newcomer);
        long patience = transports.patience().stranger().toMillis();
        channel.eventLoop().schedule(newcomer::expel, patience, TimeUnit.MILLISECONDS);
    }

    /** One connection. */
    private final class Guest extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final InetAddress client;
        private final long cameNanos = transports.now();
        private @Nullable TcpPath path;
        private boolean stranger = true;

        Guest(Channel channel, InetAddress client) {
            this.channel = channel;
            this.client = client;
        }

        /** Closes it if it does not belong to a transport. */
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
            path = new TcpPath(channel, transports.counters());
            transports.counters().tcpConnections.add(1);
            admit(this, channel);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf content = (ByteBuf) message;
            try {
                TcpPath way = path;
                if (way != null) {
                    int length = content.readableBytes();
                    content.readBytes(packet, 0, length);
                    reception.take(packet, length, way, () -> way);
                    if (way.transport() != null) {
                        known();
                    }
                }
            } finally {
                content.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            known();
            if (path != null) {
                transports.counters().tcpConnections.add(-1);
                TcpPath gone = path;
                path = null;
                PeerTransport transport = gone.transport();
                if (transport != null) {
                    transport.guarded(() -> transport.lost(gone));
                }
            }
        }

        /** The peer uses another protocol, or has left. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            transports.counters().junk.add(1);
            context.close();
        }
    }
}
