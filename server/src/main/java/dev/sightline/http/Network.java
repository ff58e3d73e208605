package dev.sightline.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The kind of networking on this computer: Linux's epoll, or Java's own everywhere.
 *
 * <p>Delay hides in the kernel: by default, the send buffer of a slow viewer grows to megabytes, seconds of old frames. With
 * epoll a socket counts as full once 16 KiB are unsent; elsewhere the buffer is small.
 */
enum Network {
    EPOLL(EpollServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return LastingEpoll.factory();
        }

        @Override
        void tune(ServerBootstrap bootstrap) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES)
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, 60)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, 20)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, 3);
        }
    },
    NIO(NioServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        void tune(ServerBootstrap bootstrap) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
    };

    private static final long MAX_UNSENT_BYTES = 16 * 1024;
    private static final int SEND_BUFFER_BYTES = 64 * 1024;
    private static final int MAX_EVENT_LOOPS = 4;
    /** In a turn of the event loop that listens. */
    private static final int MOST_ACCEPTED = 4;

    private final Class<? extends ServerSocketChannel> channel;

    Network(Class<? extends ServerSocketChannel> channel) {
        this.channel = channel;
    }

    /** The best kind on this computer. */
    static Network best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** As many event loops as processors, four at most; they also accept connections. */
    EventLoopGroup eventLoops() {
        int count = Math.min(Runtime.getRuntime().availableProcessors(), MAX_EVENT_LOOPS);
        return new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("sightline-http"), LoopWatch.over(handlers()));
    }

    ServerBootstrap bootstrap(EventLoopGroup eventLoops) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(MOST_ACCEPTED))
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        tune(bootstrap);
        return bootstrap;
    }

    abstract IoHandlerFactory handlers();

    abstract void tune(ServerBootstrap bootstrap);
}
