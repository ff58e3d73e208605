package dev.sightline.transport.webrtc.transport;

import dev.sightline.http.ClientAddress;
import dev.sightline.http.RateLimitedLog;
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

/** All transports of a port, by the names and addresses of their peers, and what they share. */
final class PeerTransports implements IceAgent.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTransports.class);
    private static final int MAX_PACKET_BYTES = 2048;

    /** An address stays with its transport for so long after its last sign of life, whoever else claims it. */
    private static final long CLAIM_NANOS = Duration.ofSeconds(10).toNanos();

    // Fixed.
    private final Executor media;
    private final DtlsExecutor handshakes;
    private final Timeouts patience;
    private final LongSupplier clock;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final Admission admission;
    private final Counters counters = new Counters();

    // Any thread's.
    private final Map<String, PeerTransport> byUfrag = new ConcurrentHashMap<>();
    private final Set<PeerTransport> open = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile boolean closed;

    // The media thread's.
    private final Map<InetSocketAddress, PeerPath> byAddress = new HashMap<>();
    private final byte[] outgoing = new byte[MAX_PACKET_BYTES];
    private final EarlyMedia.Budget earlyMedia = new EarlyMedia.Budget();
    private final Crowd<PeerTransport> shaking = Admission.crowd();
    private long failures;

    /**
     * None yet.
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

    /** They are on a port of this number. */
    void start(int number) {
        port = number;
    }

    /** Looks which peers are still to be waited for; to be called every {@link Timeouts#look}. The media thread only. */
    void look() {
        tried(() -> {
            long now = now();
            for (PeerTransport transport : open) {
                transport.guarded(() -> transport.look(now));
            }
        });
    }

    PeerTransport open(InetAddress client, Optional<Fingerprint> fingerprint, TransportListener listener) {
        PeerCertificate peer = new PeerCertificate(fingerprint);
        PeerTransport transport = new PeerTransport(this, ClientAddress.shared(client), peer, listener);
        synchronized (open) {
            if (closed) {
                throw admission.refused(TransportLimitException.atOnce());
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
     * A handshake begins. It holds a thread, and whoever falls silent in it holds that for {@link Timeouts#handshake}; so where there
     * are as many as may be, one of the address that has most gives way. The media thread only.
     */
    void shakes(PeerTransport transport) {
        if (shaking.size() >= DtlsExecutor.PLACES) {
            shaking.last().ifPresent(silent -> {
                counters.handshakesEvicted.add(1);
                log.report("DTLS handshakes that do not go on give way to others: there are " + DtlsExecutor.PLACES);
                silent.close(TransportDiagnostics.GAVE_WAY);
            });
        }
        shaking.add(transport);
    }

    /** Its handshake is over. The media thread only. */
    void shaken(PeerTransport transport) {
        shaking.remove(transport);
    }

    /** The way from an address that belongs to a transport, if it does. */
    Optional<PeerPath> from(InetSocketAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Gives a way to a transport, whose peer has proved that it is there; false if it is another's, who was heard lately. */
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

    /** Runs it now if this is the media thread, else soon; never if all is over. */
    void onMediaThread(Runnable task) {
        try {
            media.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("a link ends after its port");
        }
    }

    /** Runs a task and throws nothing, so that neither other transports nor what is left to do suffer. Answers whether it was done. */
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
                        "a task of a link has failed, which ends the link; so far that happened {} times",
                        failures,
                        fault);
            }
        } catch (Throwable again) {
            // There may be no memory left to tell of it; what is to be done now is to let go.
        }
    }

    /** Ends all, and takes no more. */
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

    /** An array for one encrypted packet at a time, the media thread's. */
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
