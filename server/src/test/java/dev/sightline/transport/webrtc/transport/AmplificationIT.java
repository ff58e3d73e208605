package dev.sightline.transport.webrtc.transport;

import static dev.sightline.transport.webrtc.transport.TestPort.SOON_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who knows a transport's password writes somebody else's address on its datagrams: little more goes there than came. */
class AmplificationIT {
    private static final String PASSWORD = "the-peers-own-password-1";

    @AutoClose
    private final TestPort port = new TestPort();

    private final Heard heard = new Heard();

    @Test
    void handshake_whereNobodyAnswers_isSentThreeTimesWhatCame() throws Exception {
        Counting wire = new Counting(TestWire.udp(port.port()));
        try (TestPeer peer = new TestPeer(wire)) {
            PeerTransport transport = port.open(Optional.of(peer.fingerprint()), heard);
            transport.peerIs(new IceCredentials("peer", PASSWORD));
            peer.send(StunMaker.request(
                            transport.credentials().ufrag() + ":peer",
                            transport.credentials().password())
                    .nominating()
                    .bytes());
            peer.beginToSecure();

            wire.drain();

            assertThat(wire.received).isPositive().isLessThanOrEqualTo(3L * wire.sent);
            assertThat(port.totals().unsent().withheld()).isPositive();
            assertThat(heard.proved).isNotDone();
        }
    }

    @Test
    void handshake_whereThePeerAnswers_goesOnAtOnce() throws Exception {
        Counting wire = new Counting(TestWire.udp(port.port()));
        try (TestPeer peer = new TestPeer(wire)) {
            PeerTransport transport = port.open(Optional.of(peer.fingerprint()), heard);
            transport.peerIs(new IceCredentials("peer", PASSWORD));
            peer.send(StunMaker.request(
                            transport.credentials().ufrag() + ":peer",
                            transport.credentials().password())
                    .nominating()
                    .bytes());
            byte[] question = question(wire);
            peer.beginToSecure();
            wire.drain();
            long before = wire.received;

            peer.send(
                    StunMaker.success(question, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), PASSWORD));

            assertThat(heard.proved.get(5, TimeUnit.SECONDS)).isTrue();
            wire.drain();
            assertThat(wire.received).isGreaterThan(before);
        }
    }

    /** Who was there yesterday need not be there today. */
    @Test
    void proof_ofAnotherTransportsPeer_isNone() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            port.passes(Duration.ofSeconds(11));
            Heard second = new Heard();
            PeerTransport other = port.open(Optional.of(peer.fingerprint()), second);
            other.peerIs(new IceCredentials("peer", PASSWORD));

            assertThat(peer.check(other)).contains(StunMaker.BINDING_SUCCESS);
            assertThat(BigEndian.u16(question(peer.wire()), 0)).isEqualTo(StunMaker.BINDING_REQUEST);

            assertThat(second.proved).isNotDone();
        }
    }

    /** It had to wait for the rest of the first flight only until it had sent as much as that needs. */
    @Test
    void peer_thatAnswersNoChecks_connects() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.of(peer.fingerprint()), heard);
            transport.peerIs(new IceCredentials("peer", PASSWORD));
            peer.check(transport);
            peer.secure(SrtpProfile.values());
            assertThat(heard.connected.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static byte[] question(TestWire wire) throws IOException {
        byte[] packet = wire.receive(5_000).orElseThrow();
        while (BigEndian.u16(packet, 0) != StunMaker.BINDING_REQUEST) {
            packet = wire.receive(5_000).orElseThrow();
        }
        return packet;
    }

    /** Counts what goes and what comes. */
    private static final class Counting implements TestWire {
        private final TestWire wire;
        private long sent;
        private long received;

        Counting(TestWire wire) {
            this.wire = wire;
        }

        /** Reads until the pauses between repetitions are longer than that. */
        void drain() throws IOException {
            while (receive(3 * SOON_MILLIS).isPresent()) {
                // It is counted.
            }
        }

        @Override
        public void send(byte[] packet) throws IOException {
            sent += packet.length;
            wire.send(packet);
        }

        @Override
        public Optional<byte[]> receive(int millis) throws IOException {
            Optional<byte[]> packet = wire.receive(millis);
            packet.ifPresent(there -> received += there.length);
            return packet;
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
