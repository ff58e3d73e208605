package dev.sightline.transport.webrtc.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives datagrams. */
final class UdpDoor extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    private final PeerTransports transports;
    private final PacketDemultiplexer reception;
    private final boolean segmentation;
    private final byte[] packet = new byte[PacketDemultiplexer.MAX_PACKET_BYTES];

    /** @param segmentation whether the kernel splits runs of packets */
    UdpDoor(PeerTransports transports, boolean segmentation) {
        this.transports = transports;
        this.reception = new PacketDemultiplexer(transports);
        this.segmentation = segmentation;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            ByteBuf content = datagram.content();
            int length = Math.min(content.readableBytes(), packet.length);
            content.readBytes(packet, 0, length);
            PeerPath known = transports.from(datagram.sender()).orElse(null);
            reception.take(packet, length, known, () -> known != null ? known : stranger(context, datagram.sender()));
        } finally {
            datagram.release();
        }
    }

    private UdpPath stranger(ChannelHandlerContext context, InetSocketAddress sender) {
        return new UdpPath(context.channel(), sender, transports.counters(), segmentation);
    }

    /** One packet could not be sent or read: the port goes on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        transports.counters().droppedUdp.add(1);
        LOG.debug("a datagram was lost", cause);
    }
}
