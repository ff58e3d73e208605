package dev.sightline.bench.floor;

import dev.sightline.codec.JpegIdentity;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.source.Pacer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The floor's program: plays recorded pictures to everybody who connects, over bare Netty. No routes, no subscriptions,
 * no counts, no promises: one pooled buffer a picture, one task a picture for each event loop, and who cannot take a
 * picture now does not get it. It ends with its standard input.
 */
public final class FloorServer {
    /** How the names of the event loops' threads begin. */
    public static final String EVENT_LOOPS = "floor-loop";

    private static final int LARGEST_PICTURE = 65_535;

    private final Framing framing;
    private final Map<EventLoop, Viewers> viewers = new ConcurrentHashMap<>();

    private FloorServer(Framing framing) {
        this.framing = framing;
    }

    /** Takes the framing ({@code websocket} or {@code multipart}), pictures a second, and the recording's file. */
    public static void main(String[] arguments) throws IOException {
        FloorServer floor = new FloorServer(Framing.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        int fps = Integer.parseInt(arguments[1]);
        List<byte[]> pictures = Recording.read(Path.of(arguments[2]));
        System.out.println("port " + floor.listen());
        Thread source = new Thread(() -> floor.play(pictures, fps), "floor-source");
        source.setDaemon(true);
        source.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private int listen() {
        int loops = Math.min(Runtime.getRuntime().availableProcessors(), 4);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                loops, new DefaultThreadFactory(EVENT_LOOPS), EpollIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new Connection(
                                        framing, viewers.computeIfAbsent(channel.eventLoop(), Viewers::new)));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private void play(List<byte[]> pictures, int fps) {
        CaptureClock clock = CaptureClock.system();
        long start = System.nanoTime();
        try {
            for (long instant = 1;
                    ;
                    instant = Math.max(instant + 1, (System.nanoTime() - start) * fps / 1_000_000_000L)) {
                long due = start + instant * 1_000_000_000L / fps;
                Pacer.await(due);
                show(pictures.get((int) (instant % pictures.size())), instant, clock.ofNanoTime(due));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(byte[] picture, long seq, long captureNanos) {
        EncodedFrame jpeg = JpegIdentity.stamp(
                EncodedFrame.mjpeg(picture, LARGEST_PICTURE, LARGEST_PICTURE, seq, captureNanos, Metadata.EMPTY));
        ByteBuf wire = framing.wire(PooledByteBufAllocator.DEFAULT, jpeg.data());
        for (Viewers members : viewers.values()) {
            members.show(wire.retain());
        }
        wire.release();
    }
}
