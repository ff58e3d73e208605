package dev.sightline.testkit.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes in RTP that is not encrypted, from whoever sends it after one datagram of greeting: what a peer costs and counts
 * without ICE, DTLS and SRTP.
 */
public final class PlainPeer implements AutoCloseable {
    /** The datagram's one byte that asks to be sent to. */
    public static final byte GREETING = 1;

    /** The datagram's one byte that asks not to be sent to any more. */
    public static final byte FAREWELL = 0;

    private final EventLoop loop;
    private final Reception reception;
    private final CompletableFuture<PlainPeer> playing = new CompletableFuture<>();
    private @Nullable Wire wire;

    private PlainPeer(PeerLoop shared, Consumer<FrameArrival> frames) {
        this.loop = shared.events();
        this.reception = new Reception(false, false, frames, () -> {});
    }

    /** Greets a sender and tells of each picture it sends, on the loop's thread. */
    public static PlainPeer watch(PeerLoop shared, InetSocketAddress sender, Consumer<FrameArrival> frames) {
        PlainPeer peer = new PlainPeer(shared, frames);
        peer.loop.execute(() -> Wire.open(peer.loop, new Candidate(false, sender), peer::read, opened -> {
            peer.wire = opened;
            opened.send(new byte[] {GREETING}, 1);
        }));
        return peer;
    }

    /** Done with the first packet. */
    public CompletableFuture<PlainPeer> playing() {
        return playing;
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    if (wire != null) {
                        wire.send(new byte[] {FAREWELL}, 1);
                        wire.close();
                    }
                })
                .syncUninterruptibly();
    }

    private void read(ByteBuf packet) {
        RtpHeader header = RtpHeader.read(packet);
        reception.packet(
                VideoCodec.VP8, header.sequence(), header.timestamp(), header.marker(), packet.readableBytes(), null);
        playing.complete(this);
    }
}
