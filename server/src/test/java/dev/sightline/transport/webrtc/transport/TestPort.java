package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.refusal.RefusedException;
import dev.sightline.transport.webrtc.ice.Candidate;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A real port on which time passes when a test says so, and the ways of peers to transports of it. */
final class TestPort implements AutoCloseable {
    static final Timeouts PATIENCE = new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMillis(10));
    static final MediaSettings SETTINGS = new MediaSettings("127.0.0.1", 0, List.of(), 3, 3);
    /** Whoever nothing else is said of. */
    static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    /** How long is waited for an answer that is not to come. */
    static final int SOON_MILLIS = 300;

    private final AtomicLong ahead = new AtomicLong();
    private final MediaPort port;
    private PeerTransport last;

    TestPort() {
        this(MediaNetwork.best(), MediaNetwork.best().segmentation(), PATIENCE);
    }

    TestPort(MediaNetwork network, boolean segmentation, Timeouts patience) {
        this(SETTINGS, network, segmentation, patience);
    }

    TestPort(MediaSettings settings, MediaNetwork network, boolean segmentation, Timeouts patience) {
        try {
            port = bound(() ->
                    MediaPort.bind(settings, network, segmentation, patience, () -> System.nanoTime() + ahead.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With settings of its own, and the patience and time of every day. */
    TestPort(MediaSettings settings) throws IOException {
        port = bound(() -> MediaPort.bind(settings));
    }

    private interface Binding {
        MediaPort bind() throws IOException;
    }

    /** What is free for UDP may be taken for TCP, by a connection of any other process: then another one is tried. */
    private static MediaPort bound(Binding binding) throws IOException {
        MediaPort bound = binding.bind();
        for (int again = 0; again < 5 && !hasTcp(bound); again++) {
            bound.close();
            bound = binding.bind();
        }
        return bound;
    }

    private static boolean hasTcp(MediaPort port) {
        return port.candidates(Optional.empty()).stream().anyMatch(Candidate::tcp);
    }

    int port() {
        return port.port();
    }

    MediaTotals totals() {
        return port.totals();
    }

    Executor executor() {
        return port.executor();
    }

    PeerTransports transports() {
        return port.transports();
    }

    PeerTransport open(Optional<Fingerprint> fingerprint, TransportListener listener) throws RefusedException {
        return open(CLIENT, fingerprint, listener);
    }

    PeerTransport open(InetAddress client, Optional<Fingerprint> fingerprint, TransportListener listener)
            throws RefusedException {
        return port.open(client, fingerprint, listener);
    }

    void passes(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    /** So much time passes, and the port has noticed it. */
    void passesNoticed(Duration time) throws Exception {
        passes(time);
        long look = 2 * PATIENCE.look().toMillis();
        port.executor().schedule(() -> {}, look, TimeUnit.MILLISECONDS).get(5, TimeUnit.SECONDS);
    }

    /** A peer whose transport is connected; {@link #last} is that transport. */
    TestPeer connected(Heard listener) throws Exception {
        TestPeer peer = new TestPeer(TestWire.udp(port()));
        last = connect(peer, Optional.of(peer.fingerprint()), listener);
        return peer;
    }

    PeerTransport last() {
        return last;
    }

    PeerTransport connect(TestPeer peer, Optional<Fingerprint> fingerprint, Heard listener) throws Exception {
        PeerTransport transport = open(fingerprint, listener);
        assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
        peer.secure(SrtpProfile.values());
        listener.connected.get(5, TimeUnit.SECONDS);
        return transport;
    }

    void send(PeerTransport transport, byte[]... packets) throws Exception {
        port.executor()
                .submit(() -> {
                    for (byte[] packet : packets) {
                        transport.sendRtp(packet, 0, packet.length);
                    }
                    transport.flush();
                })
                .get(5, TimeUnit.SECONDS);
    }

    static byte[] rtp(int number, int length) {
        byte[] packet = new byte[length];
        Arrays.fill(packet, (byte) number);
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        BigEndian.put16(packet, 2, number);
        BigEndian.put32(packet, 8, 0x1234_5678);
        return packet;
    }

    @Override
    public void close() {
        port.close();
    }
}
