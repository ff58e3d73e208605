package dev.sightline.testkit.webrtc;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A way to the server: a UDP socket, or a TCP connection on which a length stands before each packet (RFC 4571). */
final class Wire {
    /** A run of packets of one size as large as the kernel joins them. */
    private static final int LARGEST_RUN = 1 << 16;

    private static final int RECEIVE_BUFFER = 1 << 20;

    private final Channel channel;

    private Wire(Channel channel) {
        this.channel = channel;
    }

    /** Opens one on a loop, on which packets are also told; they are valid during the call. */
    static void open(EventLoop loop, Candidate to, Consumer<ByteBuf> packets, Consumer<Wire> opened) {
        Bootstrap bootstrap = new Bootstrap().group(loop);
        ChannelFuture connecting = (to.tcp() ? tcp(bootstrap, packets) : udp(bootstrap, packets)).connect(to.address());
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                opened.accept(new Wire(connecting.channel()));
            }
        });
    }

    void send(byte[] packet, int length) {
        channel.writeAndFlush(Unpooled.copiedBuffer(packet, 0, length), channel.voidPromise());
    }

    InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    InetSocketAddress remote() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    void close() {
        channel.close();
    }

    private static Bootstrap udp(Bootstrap bootstrap, Consumer<ByteBuf> packets) {
        if (Epoll.isAvailable()) {
            // Runs of packets are taken as they are, and cut here (UDP generic receive offload): over loopback it is
            // otherwise the sender's thread that cuts them, which no sender on a network does for who receives.
            bootstrap
                    .channel(EpollDatagramChannel.class)
                    .option(EpollChannelOption.UDP_GRO, true)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_RUN));
        } else {
            bootstrap.channel(NioDatagramChannel.class);
        }
        return bootstrap
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        packets.accept(packet.content());
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext context, Throwable refused) {
                        // The server's port is closed at the moment; silence tells as much.
                    }
                });
    }

    private static Bootstrap tcp(Bootstrap bootstrap, Consumer<ByteBuf> packets) {
        return bootstrap
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(0xFFFF + 2, 0, 2, 0, 2))
                                .addLast(new LengthFieldPrepender(2))
                                .addLast(reader(packets));
                    }
                });
    }

    private static ChannelHandler reader(Consumer<ByteBuf> packets) {
        return new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
                packets.accept(packet);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
                context.close();
            }
        };
    }
}
