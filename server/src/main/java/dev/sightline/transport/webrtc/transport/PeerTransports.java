package dev.sightline.transport.webrtc.transport;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.RateLimitedLog;
import dev.sightline.refusal.RefusedException;
import dev.sightline.transport.webrtc.dtls.DtlsExecutor;
import dev.sightline.transport.webrtc.dtls.PeerCertificate;
import dev.sightline.transport.webrtc.ice.IceAgent;
import dev.sightline.transport.webrtc.ice.TransportTuple;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All transports of a port, by the names and addresses of their peers, and their shared resources. */
final class PeerTransports implements IceAgent.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTransports.class);
    private static final int MAX_PACKET_BYTES = 2048;

    /** For this long after its last sign of life, an address stays with its transport, even if another one claims it. */
    private static final long CLAIM_NANOS = Duration.ofSeconds(10).toNanos();

    // Fixed.
    private final Executor media;
    private final DtlsExecutor handshakes;
    private final Timeouts patience;
    private final LongSupplier clock;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final Admission admission;
    private final Counters counters = new Counters();

    // Used by any thread.
    private final Map<String, PeerTransport> byUfrag = new ConcurrentHashMap<>();
    private final Set<PeerTransport> open = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile boolean closed;

    // Used on the media thread.
    private final Map<InetSocketAddress, PeerPath> byAddress = new HashMap<>();
    private final byte[] outgoing = new byte[MAX_PACKET_BYTES];
    private final EarlyMedia.Budget earlyMedia = new EarlyMedia.Budget();
    private final Crowd<PeerTransport> shaking = Admission.crowd();
    private long failures;

    /**
     * Creates an empty set.
     *
     * @param media runs tasks on the media thread, at once if it is called there
     * @param clock in nanoseconds
     */
    PeerTransports(
            Executor media, DtlsExecutor handshakes, Timeouts patience, LongSupplier clock, MediaSettings settings) {
        this.media = media;
        this.handshakes = handshakes;
        this.patience = patience;
        this.clock = clock;
        this.admission = new Admission(settings);
    }

    /** Sets the number of their port. */
    void start(int number) {
        port = number;
    }

    /** Checks all peers' timeouts; call it every {@link Timeouts#look}. Used on the media thread. */
    void look() {
        tried(() -> {
            long now = now();
            for (PeerTransport transport : open) {
                transport.guarded(() -> transport.look(now));
            }
        });
    }

    PeerTransport open(InetAddress client, Optional<Fingerprint> fingerprint, TransportListener listener)
            throws RefusedException {
        PeerCertificate peer = new PeerCertificate(fingerprint);
        PeerTransport transport = new PeerTransport(this, ClientAddress.shared(client), peer, listener);
        synchronized (open) {
            if (closed) {
                throw admission.refused(Admission.AT_ONCE);
            }
            admission.admit(transport).forEach(leaving -> leaving.close(TransportDiagnostics.GAVE_WAY));
            open.add(transport);
        }
        name(transport.credentials().ufrag(), transport);
        return transport;
    }

    Admission admission() {
        return admission;
    }

    EarlyMedia.Budget earlyMedia() {
        return earlyMedia;
    }

    void name(String ufrag, PeerTransport transport) {
        byUfrag.put(ufrag, transport);
        if (transport.state() == TransportState.CLOSED) {
            byUfrag.remove(ufrag);
        }
    }

    Optional<PeerTransport> named(String ufrag) {
        return Optional.ofNullable(byUfrag.get(ufrag));
    }

    @Override
    public void forget(String ufrag) {
        byUfrag.remove(ufrag);
    }

    void remove(PeerTransport transport) {
        open.remove(transport);
        admission.left(transport);
        shaking.remove(transport);
        transport.ice().ufrags().forEach(byUfrag::remove);
    }

    /**
     * A handshake begins. It holds a thread, for {@link Timeouts#handshake} if the peer falls silent. So at the limit, a
     * handshake of the address with the most gives way. Used on the media thread.
     */
    void shakes(PeerTransport transport) {
        if (shaking.size() >= DtlsExecutor.PLACES) {
            shaking.last().ifPresent(silent -> {
                counters.handshakesEvicted.add(1);
                log.report("DTLS handshakes without progress give way to others: there are " + DtlsExecutor.PLACES);
                silent.close(TransportDiagnostics.GAVE_WAY);
            });
        }
        shaking.add(transport);
    }

    /** Its handshake is over. Used on the media thread. */
    void shaken(PeerTransport transport) {
        shaking.remove(transport);
    }

    /** The path from an address, if it belongs to a transport. */
    Optional<PeerPath> from(InetSocketAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Gives a path to a transport, whose peer has proved to be there; false if it is another's, with a recent sign of life. */
    boolean claim(PeerPath path, PeerTransport transport) {
        PeerTransport owner = path.transport();
        if (owner == transport) {
            return true;
        }
        if (owner != null) {
            if (now() - path.heardNanos() < CLAIM_NANOS) {
                return false;
            }
            owner.lost(path);
        }
        path.belongsTo(transport);
        if (!path.tcp()) {
            byAddress.put(path.remote(), path);
        }
        return true;
    }

    @Override
    public void forget(TransportTuple path) {
        path.close();
        byAddress.remove(path.remote(), path);
    }

    /** Runs a task now if this is the media thread, else soon; never after the end. */
    void onMediaThread(Runnable task) {
        try {
            media.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("a transport ends after its port");
        }
    }

    /**
     * Runs a task and throws nothing, so that other transports and remaining work are not affected. Answers whether it
     * succeeded.
     */
    boolean tried(Runnable task) {
        try {
            task.run();
            return true;
        } catch (Throwable fault) {
            tell(fault);
            return false;
        }
    }

    private void tell(Throwable fault) {
        try {
            if (failures++ % 1000 == 0) {
                LOG.warn(
                        "a task of a transport failed, which ends the transport; that has happened {} times",
                        failures,
                        fault);
            }
        } catch (Throwable again) {
            // There may be no memory for a log line; freeing resources comes first.
        }
    }

    /** Ends all, and admits no more. */
    void close() {
        synchronized (open) {
            closed = true;
        }
        List.copyOf(open).forEach(transport -> transport.close(TransportDiagnostics.SERVER_CLOSES));
    }

    int count() {
        return open.size();
    }

    DtlsExecutor handshakes() {
        return handshakes;
    }

    Timeouts patience() {
        return patience;
    }

    Counters counters() {
        return counters;
    }

    /** The media thread's array for one encrypted packet at a time. */
    byte[] outgoing() {
        return outgoing;
    }

    int port() {
        return port;
    }

    long now() {
        return clock.getAsLong();
    }
}
