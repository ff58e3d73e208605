package dev.sightline.transport.webrtc.link;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.RateLimitedLog;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All links of a port, by the names and addresses of their peers, and what they share. */
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final int MAX_PACKET_BYTES = 2048;

    /** An address stays with its link for so long after its last sign of life, whoever else claims it. */
    private static final long CLAIM_NANOS = Duration.ofSeconds(10).toNanos();

    // Fixed.
    private final EventLoop media;
    private final DtlsExecutor handshakes;
    private final Timeouts patience;
    private final LongSupplier clock;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final Admission admission;
    private final Counters counters = new Counters();

    // Any thread's.
    private final Map<String, Link> byUfrag = new ConcurrentHashMap<>();
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile boolean closed;

    // The media thread's.
    private final Map<InetSocketAddress, UdpPath> byAddress = new HashMap<>();
    private final byte[] outgoing = new byte[MAX_PACKET_BYTES];
    private final EarlyMedia.Budget earlyMedia = new EarlyMedia.Budget();
    private final Crowd<Link> shaking = Link.crowd();
    private long failures;

    Links(EventLoop media, DtlsExecutor handshakes, Timeouts patience, LongSupplier clock, MediaSettings settings) {
        this.media = media;
        this.handshakes = handshakes;
        this.patience = patience;
        this.clock = clock;
        this.admission = new Admission(settings);
    }

    /** Begins to look after them, on a port of this number. */
    void start(int number) {
        port = number;
        long period = patience.look().toNanos();
        media.scheduleAtFixedRate(() -> tried(this::look), period, period, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = now();
        for (Link link : open) {
            link.guarded(() -> link.look(now));
        }
    }

    Link open(InetAddress client, Optional<String> fingerprint, LinkListener listener) {
        PeerCertificate peer = new PeerCertificate(fingerprint.map(Fingerprint::parse));
        Link link = new Link(this, ClientAddress.shared(client), peer, listener);
        synchronized (open) {
            if (closed) {
                throw admission.refused(TooManyLinksException.atOnce());
            }
            admission.admit(link).forEach(leaving -> leaving.close(LinkDiagnostics.GAVE_WAY));
            open.add(link);
        }
        name(link.ufrag(), link);
        return link;
    }

    Admission admission() {
        return admission;
    }

    EarlyMedia.Budget earlyMedia() {
        return earlyMedia;
    }

    void name(String ufrag, Link link) {
        byUfrag.put(ufrag, link);
        if (link.state() == LinkState.CLOSED) {
            byUfrag.remove(ufrag);
        }
    }

    Optional<Link> named(String ufrag) {
        return Optional.ofNullable(byUfrag.get(ufrag));
    }

    void forget(String ufrag) {
        byUfrag.remove(ufrag);
    }

    void remove(Link link) {
        open.remove(link);
        admission.left(link);
        shaking.remove(link);
        link.secrets().ufrags().forEach(byUfrag::remove);
    }

    /**
     * A handshake begins. It holds a thread, and whoever falls silent in it holds that for {@link Timeouts#handshake}; so where there
     * are as many as may be, one of the address that has most gives way. The media thread only.
     */
    void shakes(Link link) {
        if (shaking.size() >= DtlsExecutor.PLACES) {
            shaking.last().ifPresent(silent -> {
                counters.handshakesEvicted.add(1);
                log.report("DTLS handshakes that do not go on give way to others: there are " + DtlsExecutor.PLACES);
                silent.close(LinkDiagnostics.GAVE_WAY);
            });
        }
        shaking.add(link);
    }

    /** Its handshake is over. The media thread only. */
    void shaken(Link link) {
        shaking.remove(link);
    }

    /** The way from an address that belongs to a link, if it does. */
    Optional<UdpPath> from(InetSocketAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Gives a way to a link, whose peer has proved that it is there; false if it is another's, who was heard lately. */
    boolean claim(TransportTuple path, Link link) {
        Link owner = path.link();
        if (owner == link) {
            return true;
        }
        if (owner != null) {
            if (now() - path.heardNanos() < CLAIM_NANOS) {
                return false;
            }
            owner.lost(path);
        }
        path.belongsTo(link);
        if (path instanceof UdpPath udp) {
            byAddress.put(udp.remote(), udp);
        }
        return true;
    }

    void forget(TransportTuple path) {
        path.close();
        byAddress.remove(path.remote(), path);
    }

    /** Runs it now if this is the media thread, else soon; never if all is over. */
    void onMediaThread(Runnable task) {
        if (media.inEventLoop()) {
            task.run();
            return;
        }
        try {
            media.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("a link ends after its port");
        }
    }

    /** Runs a task and throws nothing, so that neither other links nor what is left to do suffer. Answers whether it was done. */
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
        List.copyOf(open).forEach(link -> link.close(LinkDiagnostics.SERVER_CLOSES));
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
