package dev.sightline.transport.webrtc.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where datagrams come in. */
final class UdpDoor extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    private final PeerTransports transports;
    private final PacketDemultiplexer reception;
    private final boolean segmentation;

    /** @param segmentation whether the kernel splits runs of packets */
    UdpDoor(PeerTransports transports, boolean segmentation) {
        this.transports = transports;
        this.reception = new PacketDemultiplexer(transports);
        this.segmentation = segmentation;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        try {
            UdpPath known = transports.from(packet.sender()).orElse(null);
            reception.take(packet.content(), known, () -> known != null ? known : stranger(context, packet));
        } finally {
            packet.release();
        }
    }

    private UdpPath stranger(ChannelHandlerContext context, DatagramPacket packet) {
        return new UdpPath(context.channel(), packet.sender(), transports.counters(), segmentation);
    }

    /** One packet could not be sent, or read: the port goes on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        transports.counters().droppedUdp.add(1);
        LOG.debug("a datagram was lost", cause);
    }
}
