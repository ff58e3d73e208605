package dev.sightline.transport.webrtc.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The path to a peer over UDP. Consecutive packets of equal size, with a shorter last one, are handed to the kernel as one and
 * split by it (UDP generic segmentation), at a third of the cost of sending each.
 */
final class UdpPath extends PeerPath {
    private static final int FIRST_BYTES = 16 * 1024;
    private static final int MAX_RUN_BYTES = 65_000;
    private static final int MAX_RUN_PACKETS = 64;

    private final Channel channel;
    private boolean segmentation;

    private @Nullable ByteBuf run;
    private int segmentBytes;
    private int packets;
    private boolean complete;

    UdpPath(Channel channel, InetSocketAddress remote, Counters counters, boolean segmentation) {
        super(remote, counters);
        this.channel = channel;
        this.segmentation = segmentation;
    }

    @Override
    public void put(byte[] packet, int length) {
        if (run != null && !fits(run, length)) {
            write(run);
        }
        if (run == null) {
            run = channel.alloc().directBuffer(segmentation ? FIRST_BYTES : length);
            segmentBytes = length;
            packets = 0;
            complete = !segmentation;
        }
        run.writeBytes(packet, 0, length);
        packets++;
        complete |= length < segmentBytes;
    }

    private boolean fits(ByteBuf begun, int length) {
        return !complete
                && length <= segmentBytes
                && packets < MAX_RUN_PACKETS
                && begun.readableBytes() + length <= MAX_RUN_BYTES;
    }

    @Override
    public void flush() {
        if (run != null) {
            write(run);
        }
        channel.flush();
    }

    private void write(ByteBuf full) {
        run = null;
        if (!channel.isWritable()) {
            full.release();
            dropped(counters().droppedUdp, packets);
            return;
        }
        counters().packetsSent.add(packets);
        counters().bytesSent.add(full.readableBytes());
        if (packets == 1) {
            channel.write(new DatagramPacket(full, remote()), channel.voidPromise());
        } else {
            int count = packets;
            channel.write(new SegmentedDatagramPacket(full, segmentBytes, remote()))
                    .addListener(written -> afterSegmented(written.isSuccess(), count));
        }
    }

    /** Some network cards do not support it: from now on this peer gets its packets one by one. */
    private void afterSegmented(boolean success, int count) {
        if (!success) {
            segmentation = false;
            dropped(counters().droppedUdp, count);
        }
    }

    @Override
    protected void transmit(byte[] packet, int length) {
        if (!channel.isWritable()) {
            dropped(counters().droppedUdp, 1);
            return;
        }
        counters().packetsSent.add(1);
        counters().bytesSent.add(length);
        ByteBuf content = channel.alloc().directBuffer(length).writeBytes(packet, 0, length);
        channel.writeAndFlush(new DatagramPacket(content, remote()), channel.voidPromise());
    }

    @Override
    public boolean tcp() {
        return false;
    }

    @Override
    public void close() {
        if (run != null) {
            run.release();
            run = null;
        }
    }
}
