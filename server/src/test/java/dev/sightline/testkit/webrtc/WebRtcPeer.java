package dev.sightline.testkit.webrtc;

import dev.sightline.testkit.Await;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * Watches a stream over WebRTC: offers by WHEP, reaches the server by ICE, agrees on keys by DTLS and takes in its video.
 * Everything of a peer happens on its loop's thread; the methods here may be called from any other.
 */
public final class WebRtcPeer implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();

    private final PeerLoop shared;
    private final EventLoop loop;
    private final PeerSettings settings;
    private final LocalDescription local;
    private final VideoReceiver receiver;
    private final DatagramQueue handshake = new DatagramQueue(this::sendFromHandshake);
    private final CompletableFuture<WebRtcPeer> connected = new CompletableFuture<>();
    private final CompletableFuture<WebRtcPeer> playing = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final long askedNanos = System.nanoTime();
    private volatile long answeredNanos;
    private volatile long reachedNanos;
    private volatile long securedNanos;
    private volatile @Nullable Whep session;
    private boolean vanished;
    private volatile @Nullable RemoteDescription server;
    private volatile @Nullable DTLSTransport dtls;
    private volatile @Nullable SrtpProfile profile;
    private @Nullable IceAgent ice;
    private @Nullable Wire wire;
    private @Nullable SecureRtp keys;

    private WebRtcPeer(PeerLoop shared, PeerSettings settings, Consumer<FrameArrival> frames) {
        this.shared = shared;
        this.loop = shared.events();
        this.settings = settings;
        this.local =
                new LocalDescription(random(4), random(12), shared.certificate().fingerprint());
        this.receiver = new VideoReceiver(loop, settings, this::sendControl, frame -> {
            if (frame.whole() && frame.keyframe()) {
                playing.complete(this);
            }
            frames.accept(frame);
        });
    }

    /** Begins to watch at a WHEP address, and returns at once. */
    public static WebRtcPeer watch(PeerLoop loop, URI whep, PeerSettings settings) {
        return watch(loop, whep, settings, frame -> {});
    }

    /** The same, and tells of each picture, on the loop's thread. */
    public static WebRtcPeer watch(PeerLoop loop, URI whep, PeerSettings settings, Consumer<FrameArrival> frames) {
        WebRtcPeer peer = new WebRtcPeer(loop, settings, frames);
        Whep.post(loop.http(), whep, peer.local.offer(settings)).whenComplete((session, failure) -> {
            if (failure != null) {
                peer.fail(failure);
            } else {
                peer.session = session;
                peer.loop.execute(() -> peer.connect(session.answer()));
            }
        });
        return peer;
    }

    /** Connects to a server that has made an offer; the caller may hand {@link #answer} to it, or not. */
    public static WebRtcPeer accept(PeerLoop loop, String offer, PeerSettings settings, Consumer<FrameArrival> frames) {
        WebRtcPeer peer = new WebRtcPeer(loop, settings, frames);
        peer.loop.execute(() -> peer.connect(offer));
        return peer;
    }

    /** What this peer answers to an offer. */
    public String answer(String offer) {
        return local.answer(new RemoteDescription(offer));
    }

    /** Done once DTLS is over; fails with the reason. */
    public CompletableFuture<WebRtcPeer> connected() {
        return connected;
    }

    /** Done once a whole keyframe was there; fails with the reason. */
    public CompletableFuture<WebRtcPeer> playing() {
        return playing;
    }

    /** Done once the server has said that it is over, with how it said so. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Waits for the first picture, up to 20 s. */
    public WebRtcPeer awaitPlaying() {
        Await.until("a first picture over WebRTC", playing::isDone);
        return playing.join();
    }

    /** Waits until so many more pictures are there, up to 20 s. */
    public void awaitFrames(long more) {
        awaitFramesInAll(stats().frames() + more);
    }

    /** Waits until there are as many pictures in all, up to 20 s. */
    public void awaitFramesInAll(long enough) {
        Await.until(enough + " pictures over WebRTC", () -> stats().frames() >= enough);
    }

    /** What has been reached and when. */
    public PeerTimes times() {
        return on(() -> new PeerTimes(
                askedNanos,
                answeredNanos,
                reachedNanos,
                securedNanos,
                receiver.firstPacketNanos(),
                receiver.firstPictureNanos()));
    }

    /** What has been seen so far. */
    public PeerStats stats() {
        return on(receiver::stats);
    }

    /** The server's description, changed as the settings say. */
    public RemoteDescription server() {
        return Optional.ofNullable(server).orElseThrow();
    }

    /** The session over HTTP; none where the server made the offer. */
    public Optional<Whep> session() {
        return Optional.ofNullable(session);
    }

    /** What the server chose for SRTP. */
    public Optional<SrtpProfile> profile() {
        return Optional.ofNullable(profile);
    }

    /** What ICE calls this peer. */
    public String ufrag() {
        return local.ufrag();
    }

    /** Asks for a keyframe, as after a loss. */
    public void requestKeyframe() {
        loop.execute(receiver::requestKeyframe);
    }

    /** Asks for a keyframe by FIR. */
    public void demandKeyframe() {
        loop.execute(receiver::demandKeyframe);
    }

    /** Tells what the way to here is believed to carry, now and every second. */
    public void estimate(long bitsPerSecond) {
        loop.execute(() -> receiver.estimate(bitsPerSecond));
    }

    /** Sends a datagram as it is, over this peer's socket. */
    public void sendRaw(byte[] datagram) {
        loop.execute(() -> send(datagram));
    }

    /** Asks for a keyframe in plain text, as anybody could who is on the way. */
    public void requestKeyframeInPlainText() {
        loop.execute(() -> send(receiver.keyframeRequest()));
    }

    /** Sends a control packet, encrypted. */
    public void sendRtcp(byte[] packet) {
        loop.execute(() -> sendControl(packet));
    }

    /** Goes on from another port, like a phone that changes from one network to another. */
    public void move() {
        loop.execute(() -> open(target(server()), moved -> {
            if (wire != null) {
                wire.close();
            }
            wire = moved;
            if (ice != null) {
                ice.start(moved);
            }
        }));
    }

    /** Vanishes without a farewell, like a browser that is killed. */
    public void vanish() {
        on(() -> {
            vanished = true;
            receiver.stop();
            if (ice != null) {
                ice.stop();
            }
            if (wire != null) {
                wire.close();
            }
            return true;
        });
    }

    /** Says good-bye by DTLS and by HTTP, and waits for the server's answer to the latter. */
    @Override
    public void close() {
        DTLSTransport open = dtls;
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                // Then the server knows already.
            }
        }
        Whep known = session;
        if (known != null) {
            known.delete(shared.http())
                    .exceptionally(unreachable -> 0)
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(late -> 0)
                    .join();
        }
        vanish();
    }

    private void connect(String description) {
        if (vanished) {
            return;
        }
        try {
            answeredNanos = System.nanoTime();
            RemoteDescription read = new RemoteDescription(settings.answer().apply(description));
            server = read;
            receiver.expect(read.codecs());
            IceAgent agent = new IceAgent(loop, local, read, this::handshake);
            ice = agent;
            open(target(read), opened -> {
                wire = opened;
                if (vanished) {
                    opened.close();
                } else {
                    agent.start(opened);
                }
            });
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private Candidate target(RemoteDescription description) {
        return description.candidates().stream()
                .filter(settings.candidate())
                .sorted((a, b) -> Boolean.compare(
                        b.address().getAddress().isLoopbackAddress(),
                        a.address().getAddress().isLoopbackAddress()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no candidate that may be taken: " + description.text()));
    }

    private void open(Candidate to, Consumer<Wire> opened) {
        Wire.open(loop, to, this::read, opened);
    }

    private void handshake() {
        reachedNanos = System.nanoTime();
        shared.handshakes().execute(() -> {
            try {
                DtlsClient client = new DtlsClient(
                        shared.crypto(), shared.certificate(), server().fingerprint(), settings.profiles());
                DTLSTransport agreed = new DTLSClientProtocol().connect(client, handshake);
                dtls = agreed;
                profile = client.profile();
                loop.execute(() -> secured(client.keys()));
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        });
    }

    private void secured(SecureRtp agreed) {
        keys = agreed;
        securedNanos = System.nanoTime();
        receiver.start(agreed);
        connected.complete(this);
    }

    private void read(ByteBuf packet) {
        if (!packet.isReadable()) {
            return;
        }
        int first = packet.getUnsignedByte(packet.readerIndex());
        if (first >= 128 && first < 192) {
            receiver.read(packet);
        } else if (first >= 20 && first < 64) {
            readDtls(bytes(packet));
        } else if (first < 4 && ice != null) {
            ice.read(bytes(packet));
        }
    }

    /** After the handshake only the end is of interest. */
    private void readDtls(byte[] datagram) {
        handshake.put(datagram);
        DTLSTransport open = dtls;
        if (open != null) {
            try {
                open.receive(new byte[2048], 0, 2048, 1);
            } catch (IOException closed) {
                ended.complete("DTLS: " + closed.getMessage());
            }
        }
    }

    private void sendFromHandshake(byte[] datagram) {
        loop.execute(() -> send(datagram));
    }

    private void sendControl(byte[] packet) {
        if (keys != null) {
            send(keys.sealRtcp(packet));
        }
    }

    private void send(byte[] datagram) {
        if (wire != null) {
            wire.send(datagram, datagram.length);
        }
    }

    private void fail(Throwable reason) {
        connected.completeExceptionally(reason);
        playing.completeExceptionally(reason);
    }

    private <T> T on(Callable<T> task) {
        return loop.inEventLoop()
                ? called(task)
                : loop.submit(task).syncUninterruptibly().getNow();
    }

    private static <T> T called(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(ByteBuf packet) {
        byte[] bytes = new byte[packet.readableBytes()];
        packet.getBytes(packet.readerIndex(), bytes);
        return bytes;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HEX.formatHex(random);
    }
}
