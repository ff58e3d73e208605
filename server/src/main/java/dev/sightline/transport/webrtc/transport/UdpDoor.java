package dev.sightline.transport.webrtc.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives datagrams. Where they come often, they are read every 3 ms, together: 200 viewers who tell ten times a second what arrived
 * would wake the media thread 2,000 times, which costs more than to read what they tell.
 */
final class UdpDoor extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    /** So many datagrams in a tenth of a second are often; half as many are no longer. */
    private static final int OFTEN = 50;

    private static final long SPAN_NANOS = 100_000_000;
    private static final long PAUSE_MICROS = 3_000;

    private final PeerTransports transports;
    private final PacketDemultiplexer reception;
    private final boolean segmentation;
    private final byte[] packet = new byte[PacketDemultiplexer.MAX_PACKET_BYTES];
    private long spanSinceNanos;
    private int datagrams;
    private int ofThisTurn;
    private boolean often;

    /** @param segmentation whether the kernel splits runs of packets */
    UdpDoor(PeerTransports transports, boolean segmentation) {
        this.transports = transports;
        this.reception = new PacketDemultiplexer(transports);
        this.segmentation = segmentation;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        ofThisTurn++;
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

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean full = ofThisTurn >= MediaNetwork.DATAGRAMS_A_TURN;
        count(transports.now());
        if (often && !full) {
            context.channel().config().setAutoRead(false);
            context.executor()
                    .schedule(() -> context.channel().config().setAutoRead(true), PAUSE_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    private void count(long nowNanos) {
        datagrams += ofThisTurn;
        ofThisTurn = 0;
        if (nowNanos - spanSinceNanos >= SPAN_NANOS) {
            often = datagrams >= (often ? OFTEN / 2 : OFTEN);
            datagrams = 0;
            spanSinceNanos = nowNanos;
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
