package dev.sightline.bench.floor;

import dev.sightline.codec.JpegIdentity;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.source.Pacer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
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
    private static final int LARGEST_PICTURE = 65_535;

    private final Framing framing;
    private final Map<EventLoop, Viewers> viewers = new ConcurrentHashMap<>();

    private FloorServer(Framing framing) {
        this.framing = framing;
    }

    /** Takes the framing ({@code websocket}, {@code socketio} or {@code multipart}), pictures a second, and the recording's file. */
    public static void main(String[] arguments) throws IOException {
        FloorServer floor = new FloorServer(Framing.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        int fps = Integer.parseInt(arguments[1]);
        List<byte[]> pictures = Recording.read(Path.of(arguments[2]));
        System.out.println("port "
                + Listening.start(channel -> channel.pipeline()
                        .addLast(new Connection(
                                floor.framing, floor.viewers.computeIfAbsent(channel.eventLoop(), Viewers::new)))));
        Thread source = new Thread(() -> floor.play(pictures, fps), "floor-source");
        source.setDaemon(true);
        source.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
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
