package dev.sightline.transport.webrtc;

import static java.util.Objects.requireNonNull;

import dev.sightline.access.Access;
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
 * One peer: its transport, and what it carries: frames to watch, published frames, or both.
 *
 * <p>Created by any thread; transport events and {@link #tick} happen on the media thread. All its tasks run through {@link
 * PeerTransport#guarded}: any exception, even for lack of memory, ends the session and frees all it holds.
 */
final class Session implements TransportListener, PacketSink {
    /** Viewers need only every fifth tick; with many sessions, each tick serves a fifth of them. */
    private static final int TICKS_TO_WATCH = 5;

    private static final long STATUS_NANOS = 500_000_000L;

    private final SessionIdentity identity;
    private final Access owner;
    private final Executor media;
    private final Consumer<Session> onEnd;
    private final RtcpReader reader = new RtcpReader();
    private @Nullable PeerTransport transport;
    private volatile Negotiated agreed;
    private volatile boolean restarted;
    private Runnable onceConnected = () -> {};
    private volatile Runnable outlived = () -> {};
    private @Nullable Viewing viewing;
    private @Nullable Publishing publishing;
    private volatile @Nullable SessionStatus status;
    private long statusNanos;

    /**
     * Creates a session that carries nothing yet.
     *
     * @param owner who asked for it
     * @param onEnd called at the end, on the media thread; again if not everything could be freed at first
     */
    Session(SessionIdentity identity, Negotiated agreed, Access owner, Executor media, Consumer<Session> onEnd) {
        this.identity = identity;
        this.owner = owner;
        this.agreed = agreed;
        this.media = media;
        this.onEnd = onEnd;
    }

    /** Sets the transport; called before any other thread knows the session. */
    void reaches(PeerTransport way) {
        transport = way;
    }

    /** Called before it is connected. */
    void watches(Viewing watching) {
        viewing = watching;
    }

    /** Called before the session is connected, or {@linkplain #onceConnected as soon as it is}. */
    void publishes(Publishing sending) {
        publishing = sending;
    }

    /** Sets a task for when the peer is connected, for resources that it must not hold earlier. */
    void onceConnected(Runnable task) {
        onceConnected = task;
    }

    SessionIdentity identity() {
        return identity;
    }

    /** Who asked for it; any thread. */
    Access owner() {
        return owner;
    }

    /** It ends with what its owner may do; any thread. */
    void lastsAsLongAsOwner() {
        outlived = owner.onEnd(() -> close("the login has ended: log in again"));
        if (transport().state() == TransportState.CLOSED) {
            outlived.run();
        }
    }

    @Override
    public boolean awaitsMedia() {
        return identity.publishes();
    }

    /** The transport to the peer; any thread. */
    PeerTransport transport() {
        return requireNonNull(transport);
    }

    /** What was negotiated with the peer; any thread. */
    Negotiated agreed() {
        return agreed;
    }

    /** The peer restarts ICE; any thread. */
    void restarted(Negotiated anew) {
        restarted = true;
        transport().restartIce();
        agreed(anew);
    }

    /** Whether the peer has ever restarted ICE; any thread. */
    boolean isRestarted() {
        return restarted;
    }

    /** The peer's description has come, as an offer or an answer; any thread. */
    void agreed(Negotiated anew) {
        agreed = anew;
        anew.connection().remoteCredentials().ifPresent(transport()::peerIs);
        if (anew.connection().setup() == Setup.ACTIVE) {
            transport().beginsDtls();
        }
    }

    /** The peer has answered our offer; any thread. */
    void answered(Negotiated anew) {
        agreed(anew);
        run(() -> {
            if (viewing != null) {
                viewing.answered(identity.sender(anew));
            }
        });
    }

    /** The session's status; any thread. */
    SessionStatus status() {
        SessionStatus known = status;
        return known == null ? read() : known;
    }

    /** Runs a task of the session on the media thread; any thread. */
    void run(Runnable task) {
        media.execute(() -> transport().guarded(task));
    }

    /**
     * Lets time pass; call it every 10 to 20 ms.
     *
     * @param ticks how often all sessions have been ticked so far
     */
    void tick(long ticks) {
        boolean mayWatch = (ticks + identity.number()) % TICKS_TO_WATCH == 0;
        if (mayWatch || publishing != null) {
            transport().guarded(() -> live(mayWatch));
        }
    }

    private void live(boolean mayWatch) {
        if (transport().state() == TransportState.CLOSED) {
            // Not everything could be freed when it ended.
            onClosed(transport().explanation());
            return;
        }
        if (publishing != null) {
            publishing.tick();
        }
        if (mayWatch) {
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

    /** Says goodbye and ends the session; any thread. */
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
        outlived.run();
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
