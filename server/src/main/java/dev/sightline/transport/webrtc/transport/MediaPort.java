package dev.sightline.transport.webrtc.transport;

import dev.sightline.refusal.RefusedException;
import dev.sightline.transport.webrtc.dtls.DtlsExecutor;
import dev.sightline.transport.webrtc.ice.Candidate;
import dev.sightline.transport.webrtc.ice.LocalAddresses;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.srtp.SrtpSender;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP port, and TCP of the same number, for the media of all sessions. Safe for use by any thread.
 *
 * <pre>
 *  datagram ─┐                      ┌─ ICE check ── by user fragment ──> PeerTransport ──> its answer
 *            ├─ PacketDemultiplexer ┼─ DTLS ─────── by address ────────> PeerTransport ──> DtlsExecutor, until there are keys
 *  TCP frame ┘                      └─ SRTP ─────── by address ────────> PeerTransport ──> TransportListener
 * </pre>
 *
 * One thread does all this except the handshakes: the media thread.
 */
public final class MediaPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaPort.class);

    /** To find a port that is free for UDP and TCP; of some hundred there is hardly one that is not. */
    private static final int MOST_ATTEMPTS = 10;

    private static final long GOODBYE_MILLIS = 500;

    private final EventLoopGroup group;
    private final PeerTransports transports;
    private final Channel udp;
    private final Optional<Channel> tcp;
    private final LocalAddresses addresses;

    private MediaPort(
            EventLoopGroup group,
            PeerTransports transports,
            Channel udp,
            Optional<Channel> tcp,
            LocalAddresses addresses) {
        this.group = group;
        this.transports = transports;
        this.udp = udp;
        this.tcp = tcp;
        this.addresses = addresses;
    }

    /**
     * Binds the port.
     *
     * @throws BindException if the port is in use or the address is not one of this computer's; the message says which, and
     *     what to do
     */
    public static MediaPort bind(MediaSettings settings) throws BindException {
        MediaNetwork network = MediaNetwork.best();
        return bind(settings, network, network.segmentation(), Timeouts.USUAL, System::nanoTime);
    }

    static MediaPort bind(
            MediaSettings settings, MediaNetwork network, boolean segmentation, Timeouts patience, LongSupplier clock)
            throws BindException {
        InetSocketAddress wanted = new InetSocketAddress(settings.host(), settings.port());
        if (wanted.isUnresolved()) {
            throw new BindException("the host '" + settings.host() + "' for media is unknown: give an address of this"
                    + " computer, or 0.0.0.0 for all of them");
        }
        EventLoopGroup group = network.mediaThread();
        DtlsExecutor handshakes = new DtlsExecutor(settings.maxTransports());
        EventLoop media = group.next();
        PeerTransports transports =
                new PeerTransports(task -> runOn(media, task), handshakes, patience, clock, settings);
        ChannelFuture bound = udp(network, group, () -> new UdpDoor(transports, segmentation), wanted);
        if (!bound.isSuccess()) {
            handshakes.close();
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            throw explained(settings, bound.cause());
        }
        InetSocketAddress taken = (InetSocketAddress) bound.channel().localAddress();
        Optional<Channel> tcp =
                tcp(network, group, transports, new InetSocketAddress(wanted.getAddress(), taken.getPort()));
        LocalAddresses addresses =
                new LocalAddresses(wanted.getAddress(), settings.addresses(), taken.getPort(), tcp.isPresent());
        transports.start(taken.getPort());
        long period = patience.look().toNanos();
        media.scheduleAtFixedRate(transports::look, period, period, TimeUnit.NANOSECONDS);
        handshakes.warmUp(SrtpSender::warmUp);
        return new MediaPort(group, transports, bound.channel(), tcp, addresses);
    }

    private static void runOn(EventLoop media, Runnable task) {
        if (media.inEventLoop()) {
            task.run();
        } else {
            media.execute(task);
        }
    }

    /** Binds UDP: where any port will do, one that is free for TCP as well, if such a one is found soon. */
    private static ChannelFuture udp(
            MediaNetwork network, EventLoopGroup group, Supplier<UdpDoor> door, InetSocketAddress wanted) {
        for (int left = MOST_ATTEMPTS; true; left--) {
            ChannelFuture bound = network.udp(group, door.get()).bind(wanted).awaitUninterruptibly();
            if (!bound.isSuccess() || wanted.getPort() != 0 || left == 1 || isFreeForTcp(bound.channel(), wanted)) {
                return bound;
            }
            bound.channel().close().awaitUninterruptibly();
        }
    }

    private static boolean isFreeForTcp(Channel udp, InetSocketAddress wanted) {
        int port = ((InetSocketAddress) udp.localAddress()).getPort();
        try (ServerSocket probe = new ServerSocket(port, 1, wanted.getAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static Optional<Channel> tcp(
            MediaNetwork network, EventLoopGroup group, PeerTransports transports, InetSocketAddress address) {
        ChannelFuture bound =
                network.tcp(group, new TcpDoor(transports)).bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return Optional.of(bound.channel());
        }
        LOG.warn(
                "media goes only by UDP {}: TCP {} is taken ({})",
                address.getPort(),
                address.getPort(),
                bound.cause().getMessage());
        return Optional.empty();
    }

    /** Runs tasks on the media thread, at once or later. */
    public ScheduledExecutorService executor() {
        return udp.eventLoop();
    }

    /** The fingerprint of this server's certificate, for an SDP's {@code a=fingerprint}: {@code sha-256 AB:CD:…}. */
    public String fingerprint() {
        return transports.handshakes().identity().fingerprint().toString();
    }

    /** The actual port. */
    public int port() {
        return transports.port();
    }

    /**
     * The addresses at which peers reach this port: UDP first, then TCP.
     *
     * @param httpHost the address by which the peer reached the HTTP server, which is offered too
     */
    public List<Candidate> candidates(Optional<InetAddress> httpHost) {
        return addresses.candidates(httpHost);
    }

    /** How long a new transport waits for its peer. */
    public static Duration patience() {
        return Timeouts.USUAL.connect();
    }

    /**
     * Opens a transport that waits for its peer. At the limit, another whose peer has not connected yet ends.
     *
     * @param client the address that asks for it, by which transports are counted
     * @param remoteFingerprint of the peer's certificate as in its SDP; empty if it is not known yet, or never will be
     * @throws RefusedException if the limit is reached, of this client or in all, and all are connected
     */
    public PeerTransport open(InetAddress client, Optional<Fingerprint> remoteFingerprint, TransportListener listener)
            throws RefusedException {
        return transports.open(client, remoteFingerprint, listener);
    }

    PeerTransports transports() {
        return transports;
    }

    /** The totals so far. */
    public MediaTotals totals() {
        Counters counters = transports.counters();
        DtlsExecutor handshakes = transports.handshakes();
        return new MediaTotals(
                new MediaTotals.Transports(
                        transports.count(),
                        (int) counters.connected.value(),
                        transports.admission().refused(),
                        transports.admission().evicted(),
                        counters.timedOutConnecting.value(),
                        counters.timedOutSilent.value()),
                new MediaTotals.Tcp((int) counters.tcpConnections.value(), counters.strangersEvicted.value()),
                new MediaTotals.Handshakes(
                        handshakes.running(),
                        handshakes.done(),
                        handshakes.failed(),
                        counters.handshakesEvicted.value()),
                new Traffic(
                        counters.packetsSent.value(),
                        counters.bytesSent.value(),
                        counters.packetsReceived.value(),
                        counters.bytesReceived.value()),
                new MediaTotals.Refused(
                        counters.junk.value(),
                        counters.unknownUfrag.value(),
                        counters.badIntegrity.value(),
                        counters.replayedChecks.value(),
                        counters.forged.value(),
                        counters.replayed.value()),
                new MediaTotals.Unsent(
                        counters.droppedUdp.value(), counters.droppedTcp.value(), counters.withheld.value()));
    }

    /** Ends all transports and closes the port; idempotent. */
    @Override
    public void close() {
        if (!udp.isOpen()) {
            return;
        }
        transports.close();
        transports.handshakes().close();
        tcp.ifPresent(listening -> listening.close().awaitUninterruptibly());
        udp.eventLoop().submit(() -> {}).awaitUninterruptibly();
        udp.close().awaitUninterruptibly();
        group.shutdownGracefully(0, GOODBYE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static BindException explained(MediaSettings settings, Throwable cause) {
        String place = "UDP port " + settings.port() + " on " + settings.host();
        String said = String.valueOf(cause.getMessage());
        BindException explained;
        if (said.contains("in use")) {
            explained = new BindException(place
                    + " is taken: stop the program that has it, or choose another port for media (0 takes a free one)");
        } else if (said.contains("ermission denied")) {
            explained = new BindException(place + " may not be used by this user: choose a port above 1023");
        } else if (said.contains("assign requested address")) {
            explained = new BindException(
                    settings.host()
                            + " is not an address of this computer: use 0.0.0.0 for all of them, or one that media can come to");
        } else {
            explained = new BindException("cannot take media on " + place + ": " + said);
        }
        explained.initCause(cause);
        return explained;
    }
}
