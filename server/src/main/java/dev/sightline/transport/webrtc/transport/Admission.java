package dev.sightline.transport.webrtc.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Limits the transports, in all and per address. Requesting a transport costs its peer nothing; so at the limit, one whose peer
 * has not connected yet gives way to the newcomer, and connected ones stay. Safe for use by any thread.
 */
final class Admission {
    /** How many may wait for an unnamed peer: any peer that knows their password may be it. */
    static final int MOST_UNNAMED = 64;

    /**
     * How many transports that gave way may still await their removal, which needs the media thread: per address, so that it
     * only outruns itself, and in all.
     */
    static final int MOST_LEAVING_OF_CLIENT = 64;

    private static final int MOST_LEAVING = 1_024;

    static final String AT_ONCE = "too many ask for WebRTC sessions at once: try again in a second";

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(MediaPort.class));
    private final int most;
    private final int mostOfClient;

    @GuardedBy("this")
    private final Crowd<PeerTransport> all = crowd();

    @GuardedBy("this")
    private final Crowd<PeerTransport> unconnected = crowd();

    @GuardedBy("this")
    private final Crowd<PeerTransport> unnamed = crowd();

    @GuardedBy("this")
    private final Crowd<PeerTransport> leaving = crowd();

    private final SingleWriterCounter refused = new SingleWriterCounter();
    private final SingleWriterCounter evictions = new SingleWriterCounter();

    Admission(MediaSettings settings) {
        this.most = settings.maxTransports();
        this.mostOfClient = settings.maxTransportsOfClient();
    }

    static Crowd<PeerTransport> crowd() {
        return new Crowd<>(PeerTransport::client, PeerTransport::progressNanos);
    }

    /**
     * Admits a transport.
     *
     * @return those that give way to it and no longer count; the caller closes them
     * @throws RefusedException if there is no room, and none can give way
     */
    synchronized List<PeerTransport> admit(PeerTransport newcomer) throws RefusedException {
        List<PeerTransport> evicted = new ArrayList<>();
        InetAddress client = newcomer.client();
        if (leaving.size(client) >= MOST_LEAVING_OF_CLIENT || leaving.size() >= MOST_LEAVING) {
            throw refused(AT_ONCE);
        }
        if (all.size(client) >= mostOfClient) {
            evicted.add(evict(
                    unconnected.last(client),
                    "there are " + mostOfClient + " WebRTC sessions of one address already, and no more are allowed"
                            + " (webrtc: max-sessions-per-address)"));
        } else if (all.size() >= most) {
            evicted.add(evict(
                    unconnected.last(),
                    "there are " + most + " WebRTC sessions already, and no more are allowed (webrtc: max-sessions)"));
        }
        if (!newcomer.isNamed()) {
            if (unnamed.size() >= MOST_UNNAMED) {
                evicted.add(evict(unnamed.last(), MOST_UNNAMED + " offers of this server wait for an answer already"));
            }
            unnamed.add(newcomer);
        }
        all.add(newcomer);
        unconnected.add(newcomer);
        return evicted;
    }

    @GuardedBy("this")
    private PeerTransport evict(Optional<PeerTransport> last, String why) throws RefusedException {
        PeerTransport transport = last.orElseThrow(() -> refused(why));
        evictions.add(1);
        log.report("WebRTC sessions that do not connect give way to others: " + why);
        left(transport);
        leaving.add(transport);
        return transport;
    }

    /** Counts and logs a refusal. */
    synchronized RefusedException refused(String why) {
        refused.add(1);
        log.report("a WebRTC session was refused: " + why);
        return new RefusedException(Reason.LIMIT, why);
    }

    /** The fingerprint of its peer is known now. */
    synchronized void named(PeerTransport transport) {
        unnamed.remove(transport);
    }

    /** Its peer has connected: it no longer gives way. */
    synchronized void connected(PeerTransport transport) {
        unnamed.remove(transport);
        unconnected.remove(transport);
    }

    /** The transport no longer counts. */
    synchronized void left(PeerTransport transport) {
        connected(transport);
        all.remove(transport);
        leaving.remove(transport);
    }

    /** How many were refused. Any thread. */
    long refused() {
        return refused.value();
    }

    /** How many gave way to others. Any thread. */
    long evicted() {
        return evictions.value();
    }
}
