package dev.sightline.transport.webrtc.transport;

import dev.sightline.http.LoopWatch;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The kind of networking for media: Linux's epoll, where the kernel can split runs of packets, or Java's own. */
enum MediaNetwork {
    EPOLL(EpollDatagramChannel.class, EpollServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        boolean segmentation() {
            return EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        }

        @Override
        void tune(Bootstrap udp) {
            udp.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, PacketDemultiplexer.MAX_PACKET_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            allocator(DATAGRAMS_A_READ * PacketDemultiplexer.MAX_PACKET_BYTES));
        }

        @Override
        void tune(ServerBootstrap tcp) {
            tcp.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES);
        }
    },
    NIO(NioDatagramChannel.class, NioServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        boolean segmentation() {
            return false;
        }

        @Override
        void tune(Bootstrap udp) {
            udp.option(ChannelOption.RECVBUF_ALLOCATOR, allocator(PacketDemultiplexer.MAX_PACKET_BYTES));
        }

        @Override
        void tune(ServerBootstrap tcp) {
            tcp.childOption(ChannelOption.SO_SNDBUF, TCP_SEND_BUFFER_BYTES);
        }
    };

    private static final int UDP_BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int DATAGRAMS_A_READ = 16;

    /** Then others have their turn. */
    static final int DATAGRAMS_A_TURN = 256;

    private static final long MAX_UNSENT_BYTES = 16 * 1024;
    private static final int TCP_SEND_BUFFER_BYTES = 64 * 1024;

    /** What may wait for the network card before packets are dropped: a keyframe for each of about a hundred viewers. */
    private static final WriteBufferWaterMark UDP_WAITING = new WriteBufferWaterMark(8 * 1024 * 1024, 16 * 1024 * 1024);

    private static final WriteBufferWaterMark TCP_WAITING = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Class<? extends Channel> udp;
    private final Class<? extends ServerChannel> tcp;

    MediaNetwork(Class<? extends Channel> udp, Class<? extends ServerChannel> tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    private static MaxMessagesRecvByteBufAllocator allocator(int bytes) {
        return new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(DATAGRAMS_A_TURN);
    }

    /** The best kind on this computer. */
    static MediaNetwork best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** One thread: the media thread. */
    EventLoopGroup mediaThread() {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("sightline-media"), LoopWatch.over(handlers()));
    }

    Bootstrap udp(EventLoopGroup group, ChannelHandler door) {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(udp)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_RCVBUF, UDP_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, UDP_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UDP_WAITING)
                .handler(door);
        tune(bootstrap);
        return bootstrap;
    }

    ServerBootstrap tcp(EventLoopGroup group, ChannelHandler door) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(tcp)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TCP_WAITING)
                .childHandler(door);
        tune(bootstrap);
        return bootstrap;
    }

    abstract IoHandlerFactory handlers();

    /** Whether the kernel splits runs of packets. */
    abstract boolean segmentation();

    abstract void tune(Bootstrap udp);

    abstract void tune(ServerBootstrap tcp);
}
