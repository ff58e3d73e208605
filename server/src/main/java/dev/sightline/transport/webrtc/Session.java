package dev.sightline.transport.webrtc;

import static java.util.Objects.requireNonNull;

import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.RtcpPacket;
import dev.sightline.transport.webrtc.rtp.RtcpReader;
import dev.sightline.transport.webrtc.sdp.Negotiated;
import dev.sightline.transport.webrtc.sdp.Setup;
import dev.sightline.transport.webrtc.transport.PeerTransport;
import dev.sightline.transport.webrtc.transport.TransportListener;
import dev.sightline.transport.webrtc.transport.TransportState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One peer: its transport, and what goes over it: pictures to watch, pictures that are published, or both.
 *
 * <p>Made by any thread; what comes over the transport, and {@link #tick}, happen on the media thread. All its tasks go through {@link
 * PeerTransport#guarded}: whatever one throws, even for want of memory, ends the session and lets go of all it holds.
 */
final class Session implements TransportListener, PacketSink {
    /** Who watches needs every fifth tick only; with many, each tick is for a fifth of them. */
    private static final int TICKS_TO_WATCH = 5;

    private static final long STATUS_NANOS = 500_000_000L;

    private final SessionIdentity identity;
    private final Executor media;
    private final Consumer<Session> onEnd;
    private final RtcpReader reader = new RtcpReader();
    private @Nullable PeerTransport transport;
    private volatile Negotiated agreed;
    private volatile boolean restarted;
    private Runnable onceConnected = () -> {};
    private @Nullable Viewing viewing;
    private @Nullable Publishing publishing;
    private volatile @Nullable SessionStatus status;
    private long statusNanos;

    /**
     * A session that nothing goes over yet.
     *
     * @param onEnd called at the end, on the media thread; again where not all could be let go of at first
     */
    Session(SessionIdentity identity, Negotiated agreed, Executor media, Consumer<Session> onEnd) {
        this.identity = identity;
        this.agreed = agreed;
        this.media = media;
        this.onEnd = onEnd;
    }

    /** Called before anybody else knows of it. */
    void reaches(PeerTransport way) {
        transport = way;
    }

    /** Called before it is connected. */
    void watches(Viewing watching) {
        viewing = watching;
    }

    /** Called before it is connected, or {@linkplain #onceConnected as soon as it is}. */
    void publishes(Publishing sending) {
        publishing = sending;
    }

    /** Says what to do when the peer is there, since it is to hold nothing that others want until then. */
    void onceConnected(Runnable task) {
        onceConnected = task;
    }

    SessionIdentity identity() {
        return identity;
    }

    @Override
    public boolean awaitsMedia() {
        return identity.publishes();
    }

    /** Its way to the peer; by any thread. */
    PeerTransport transport() {
        return requireNonNull(transport);
    }

    /** What was agreed with the peer; by any thread. */
    Negotiated agreed() {
        return agreed;
    }

    /** The peer begins ICE anew; by any thread. */
    void restarted(Negotiated anew) {
        restarted = true;
        transport().restartIce();
        agreed(anew);
    }

    /** Whether the peer has ever begun anew; by any thread. */
    boolean isRestarted() {
        return restarted;
    }

    /** The peer has come, or has answered; by any thread. */
    void agreed(Negotiated anew) {
        agreed = anew;
        anew.remoteCredentials().ifPresent(transport()::peerIs);
        if (anew.setup() == Setup.ACTIVE) {
            transport().beginsDtls();
        }
    }

    /** The peer has answered our offer; by any thread. */
    void answered(Negotiated anew) {
        agreed(anew);
        run(() -> {
            if (viewing != null) {
                viewing.answered(identity.sender(anew));
            }
        });
    }

    /** How it is doing; by any thread. */
    SessionStatus status() {
        SessionStatus known = status;
        return known == null ? read() : known;
    }

    /** Whether media has flowed, or can; by any thread. */
    boolean isConnected() {
        return transport().state() == TransportState.CONNECTED;
    }

    /** Runs one of its tasks on the media thread; by any thread. */
    void run(Runnable task) {
        media.execute(() -> transport().guarded(task));
    }

    /**
     * Lets time pass; to be called every 10 to 20 ms.
     *
     * @param ticks how often that was done to all sessions so far
     */
    void tick(long ticks) {
        transport().guarded(() -> {
            if (transport().state() == TransportState.CLOSED) {
                // Not all could be let go of when it ended.
                onClosed(transport().explanation());
            } else {
                live(ticks);
            }
        });
    }

    private void live(long ticks) {
        if (publishing != null) {
            publishing.tick();
        }
        if ((ticks + identity.number()) % TICKS_TO_WATCH == 0) {
            tickToWatch();
        }
    }

    private void tickToWatch() {
        if (viewing != null) {
            viewing.tick();
        }
        long now = System.nanoTime();
        if (now - statusNanos >= STATUS_NANOS) {
            statusNanos = now;
            status = read();
        }
    }

    /** Says goodbye and ends; by any thread. */
    void close(String why) {
        run(() -> {
            leave();
            transport().close(why);
        });
    }

    @Override
    public void onProved() {
        if (viewing != null) {
            viewing.begin();
        }
    }

    @Override
    public void onConnected() {
        onceConnected.run();
        if (viewing != null) {
            viewing.connected();
        }
    }

    @Override
    public void onRtp(byte[] packet, int offset, int length) {
        if (publishing != null) {
            publishing.rtp(packet, offset, length);
        }
    }

    @Override
    public void onRtcp(byte[] packet, int offset, int length) {
        List<RtcpPacket> said = reader.read(packet, offset, length);
        if (viewing != null) {
            viewing.rtcp(said);
        }
        if (publishing != null) {
            publishing.rtcp(said);
        }
    }

    @Override
    public void onClosed(String why) {
        leave();
        status = read();
        onEnd.accept(this);
    }

    @Override
    public void rtp(byte[] packet, int offset, int length) {
        transport().sendRtp(packet, offset, length);
    }

    @Override
    public void rtcp(byte[] packet, int offset, int length) {
        transport().sendRtcp(packet, offset, length);
    }

    @Override
    public void flush() {
        transport().flush();
    }

    private void leave() {
        try {
            if (viewing != null) {
                viewing.close();
            }
        } finally {
            if (publishing != null) {
                publishing.close();
            }
        }
    }

    private SessionStatus read() {
        return new SessionStatus(
                identity.number(),
                identity.stream(),
                transport().state(),
                transport().explanation(),
                SessionStatus.Network.of(transport().figures()),
                Optional.ofNullable(viewing).map(SessionStatus.Watched::of),
                Optional.ofNullable(publishing).map(SessionStatus.Published::of));
    }
}
