package dev.sightline.bench.floor;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Pacer;
import dev.sightline.testkit.webrtc.PlainPeer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The floor of video's program: sends pictures of a size to everybody who has greeted it, as RTP without encryption, each
 * picture in one system call that the kernel cuts into packets (UDP GSO). It ends with its standard input.
 */
public final class DatagramFloor {
    private static final int HEADER = 12;
    private static final int SEND_BUFFER = 8 << 20;

    private final int packets;
    private final int packetBytes;
    private final Set<InetSocketAddress> viewers = new LinkedHashSet<>();
    private final Channel channel;
    private int sequence;

    private DatagramFloor(int packets, int packetBytes) {
        this.packets = packets;
        this.packetBytes = packetBytes;
        this.channel = new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory(Listening.EVENT_LOOPS), EpollIoHandler.newFactory()))
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        if (packet.content().getByte(0) == PlainPeer.GREETING) {
                            viewers.add(packet.sender());
                        } else {
                            viewers.remove(packet.sender());
                        }
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Takes pictures a second, packets a picture and bytes a packet. */
    public static void main(String[] arguments) throws IOException {
        DatagramFloor floor = new DatagramFloor(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        System.out.println("port " + ((InetSocketAddress) floor.channel.localAddress()).getPort());
        Thread source = new Thread(() -> floor.play(Integer.parseInt(arguments[0])), "floor-source");
        source.setDaemon(true);
        source.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private void play(int fps) {
        CaptureClock clock = CaptureClock.system();
        long start = System.nanoTime();
        try {
            for (long instant = 1; ; instant++) {
                long due = start + instant * 1_000_000_000L / fps;
                Pacer.await(due);
                long timestamp = RtpTime.ofNanos(clock.ofNanoTime(due));
                channel.eventLoop().execute(() -> show(timestamp));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(long timestamp) {
        ByteBuf picture = channel.alloc().directBuffer(packets * packetBytes);
        for (int i = 0; i < packets; i++) {
            picture.writeByte(0x80)
                    .writeByte(i == packets - 1 ? 0x80 | 101 : 101)
                    .writeShort(sequence++)
                    .writeInt((int) timestamp)
                    .writeInt(1)
                    .writeZero(packetBytes - HEADER);
        }
        for (InetSocketAddress viewer : viewers) {
            channel.write(
                    new SegmentedDatagramPacket(picture.retainedDuplicate(), packetBytes, viewer),
                    channel.voidPromise());
        }
        channel.flush();
        picture.release();
    }
}
