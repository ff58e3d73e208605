package dev.sightline.transport.webrtc.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The path to a peer over a TCP connection that it has opened; each packet follows its length in two bytes (RFC 4571). What the
 * connection does not accept at once is dropped: old frames are useless.
 */
final class TcpPath extends PeerPath {
    private static final int FIRST_BYTES = 16 * 1024;
    private static final int MAX_BATCH_BYTES = 1024 * 1024;
    private static final int MAX_WAITING_BYTES = 256 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf batch;
    private int packets;

    TcpPath(Channel channel, Counters counters) {
        super((InetSocketAddress) channel.remoteAddress(), counters);
        this.channel = channel;
    }

    @Override
    public void put(byte[] packet, int length) {
        if (!channel.isWritable() || batch != null && batch.readableBytes() > MAX_BATCH_BYTES) {
            dropped(counters().droppedTcp, 1);
            return;
        }
        if (batch == null) {
            batch = channel.alloc().directBuffer(FIRST_BYTES);
            packets = 0;
        }
        batch.writeShort(length).writeBytes(packet, 0, length);
        packets++;
    }

    @Override
    public void flush() {
        if (batch != null) {
            send(batch, packets);
            batch = null;
        }
    }

    @Override
    protected void transmit(byte[] packet, int length) {
        if (channel.bytesBeforeWritable() > MAX_WAITING_BYTES) {
            dropped(counters().droppedTcp, 1);
            return;
        }
        send(channel.alloc().directBuffer(2 + length).writeShort(length).writeBytes(packet, 0, length), 1);
    }

    private void send(ByteBuf bytes, int count) {
        counters().packetsSent.add(count);
        counters().bytesSent.add(bytes.readableBytes());
        channel.writeAndFlush(bytes, channel.voidPromise());
    }

    @Override
    public boolean tcp() {
        return true;
    }

    @Override
    public void close() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
        channel.close();
    }
}
