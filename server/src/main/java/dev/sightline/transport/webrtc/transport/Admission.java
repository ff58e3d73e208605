package dev.sightline.transport.webrtc.transport;

import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.metrics.SingleWriterCounter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Who may have a transport: so many in all, and so many of one address. To be asked for, a transport costs its peer nothing; so where there
 * are as many as may be, one whose peer has not connected yet gives way to the newcomer, and who is connected stays. Safe for use by any
 * thread.
 */
final class Admission {
    /** How many may wait for a peer that nobody has named: whoever knows their password may be it. */
    static final int MOST_UNNAMED = 64;

    /**
     * So many may have given way and not be gone yet, since that needs the media thread: of one address, so that it overtakes
     * itself only, and in all.
     */
    static final int MOST_LEAVING_OF_CLIENT = 64;

    private static final int MOST_LEAVING = 1_024;

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(MediaPort.class));
    private final int most;
    private final int mostOfClient;

    // Guarded by this.
    private final Crowd<PeerTransport> all = crowd();
    private final Crowd<PeerTransport> unconnected = crowd();
    private final Crowd<PeerTransport> unnamed = crowd();
    private final Crowd<PeerTransport> leaving = crowd();
    private final SingleWriterCounter refused = new SingleWriterCounter();
    private final SingleWriterCounter evictions = new SingleWriterCounter();

    Admission(MediaSettings settings) {
        this.most = settings.maxTransports();
        this.mostOfClient = settings.maxTransportsOfClient();
    }

    /** Nobody yet. */
    static Crowd<PeerTransport> crowd() {
        return new Crowd<>(PeerTransport::client, PeerTransport::progressNanos);
    }

    /**
     * Lets a transport in.
     *
     * @return those that give way to it and count no longer: they are for the caller to close
     * @throws TransportLimitException if there is no room, and nobody who could give way
     */
    synchronized List<PeerTransport> admit(PeerTransport newcomer) {
        List<PeerTransport> evicted = new ArrayList<>();
        InetAddress client = newcomer.client();
        if (leaving.size(client) >= MOST_LEAVING_OF_CLIENT || leaving.size() >= MOST_LEAVING) {
            throw refused(TransportLimitException.atOnce());
        }
        if (all.size(client) >= mostOfClient) {
            evicted.add(evict(unconnected.last(client), TransportLimitException.ofClient(mostOfClient)));
        } else if (all.size() >= most) {
            evicted.add(evict(unconnected.last(), TransportLimitException.inAll(most)));
        }
        if (!newcomer.isNamed()) {
            if (unnamed.size() >= MOST_UNNAMED) {
                evicted.add(evict(unnamed.last(), TransportLimitException.unnamed(MOST_UNNAMED)));
            }
            unnamed.add(newcomer);
        }
        all.add(newcomer);
        unconnected.add(newcomer);
        return evicted;
    }

    private PeerTransport evict(Optional<PeerTransport> last, TransportLimitException refusal) {
        PeerTransport transport = last.orElseThrow(() -> refused(refusal));
        evictions.add(1);
        log.report("WebRTC sessions that do not connect give way to others: " + refusal.getMessage());
        left(transport);
        leaving.add(transport);
        return transport;
    }

    /** Counts a refusal, and tells of it. */
    synchronized TransportLimitException refused(TransportLimitException refusal) {
        refused.add(1);
        log.report("a WebRTC session was refused: " + refusal.getMessage());
        return refusal;
    }

    /** Somebody has said who its peer is. */
    synchronized void named(PeerTransport transport) {
        unnamed.remove(transport);
    }

    /** Its peer has connected: it gives way to nobody. */
    synchronized void connected(PeerTransport transport) {
        unnamed.remove(transport);
        unconnected.remove(transport);
    }

    /** It counts no longer. */
    synchronized void left(PeerTransport transport) {
        connected(transport);
        all.remove(transport);
        leaving.remove(transport);
    }

    /** How many were not let in. Any thread. */
    long refused() {
        return refused.value();
    }

    /** How many gave way to others. Any thread. */
    long evicted() {
        return evictions.value();
    }
}
