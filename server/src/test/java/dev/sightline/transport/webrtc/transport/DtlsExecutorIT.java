package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.dtls.DtlsIdentity;
import dev.sightline.transport.webrtc.dtls.DtlsPeer;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Peers secure their transports, or fail to, and say goodbye. */
class DtlsExecutorIT {
    @AutoClose
    private TestPort port = new TestPort();

    private final Heard heard = new Heard();

    @Test
    void handshake_thatLosesEveryThirdDatagram_succeeds() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (TestPeer peer = new TestPeer(TestWire.losing(
                TestWire.udp(port.port()), datagram -> isDtls(datagram) && count.incrementAndGet() % 3 == 0))) {
            port.connect(peer, Optional.of(peer.fingerprint()), heard);

            assertThat(count).hasValueGreaterThan(3);
        }
    }

    @Test
    void handshake_thatLosesOurLastWords_isFinishedAfterwards() throws Exception {
        AtomicInteger left = new AtomicInteger(2);
        try (TestPeer peer = new TestPeer(TestWire.losing(
                TestWire.udp(port.port()), datagram -> isLastWord(datagram) && left.getAndDecrement() > 0))) {
            port.connect(peer, Optional.of(peer.fingerprint()), heard);

            assertThat(left).hasValueLessThan(2);
        }
    }

    private static boolean isDtls(byte[] datagram) {
        return datagram[0] >= 20 && datagram[0] <= 63;
    }

    /** The server's change of cipher, which goes before its end of the handshake, if not with it. */
    private static boolean isLastWord(byte[] datagram) {
        return datagram[0] == 20;
    }

    @Test
    void certificate_otherThanInTheSdp_endsTheTransport() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport =
                    port.open(Optional.of(DtlsPeer.newIdentity().fingerprint()), heard);
            peer.check(transport);

            assertThatThrownBy(() -> peer.secure(SrtpProfile.values())).isInstanceOf(IOException.class);
            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).startsWith("wrong fingerprint");
            assertThat(transport.explanation()).startsWith("wrong fingerprint");
            assertThat(port.totals().handshakes().failed()).isEqualTo(1);
            assertThat(port.totals().transports().open()).isZero();
        }
    }

    @Test
    void certificate_namedLater_isVerifiedThen() throws Exception {
        Heard second = new Heard();
        try (TestPeer right = new TestPeer(TestWire.udp(port.port()));
                TestPeer wrong = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport one = port.connect(right, Optional.empty(), heard);
            PeerTransport two = port.connect(wrong, Optional.empty(), second);
            one.verify(right.fingerprint());
            two.verify(right.fingerprint());

            assertThat(second.closed.get(5, TimeUnit.SECONDS)).startsWith("wrong fingerprint");
            assertThat(one.state()).isEqualTo(TransportState.CONNECTED);
        }
    }

    @Test
    void peer_withoutSrtp_isRefusedWithTheReason() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            peer.check(transport);

            assertThatThrownBy(peer::secure).isInstanceOf(IOException.class);
            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).contains("supports none of our SRTP profiles");
        }
    }

    @Test
    void peer_killedInTheHandshake_isFreedWithTheReason() throws Exception {
        port.close();
        Timeouts hurry = new Timeouts(
                TestPort.PATIENCE.connect(),
                Duration.ofMillis(600),
                TestPort.PATIENCE.consent(),
                TestPort.PATIENCE.stranger(),
                TestPort.PATIENCE.look());
        port = new TestPort(MediaNetwork.best(), true, hurry);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            peer.check(transport);
            peer.beginToSecure();
            Await.until("the handshake begins", () -> transport.state() != TransportState.REACHED);

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).contains("DTLS did not finish within 600 ms");
            assertThat(port.totals().handshakes().running()).isZero();
            assertThat(port.totals().handshakes().failed()).isEqualTo(1);
            assertThat(port.totals().transports().open()).isZero();
        }
    }

    @Test
    void link_closedInTheHandshake_letsGoOfItsThread() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            peer.check(transport);
            peer.beginToSecure();
            Await.until("the handshake runs", () -> port.totals().handshakes().running() == 1);

            transport.close("enough");

            Await.until("it is over", () -> port.totals().handshakes().running() == 0);
        }
    }

    @Test
    void hundredPeers_atTheSameTime_allConnect() throws Exception {
        int count = 100;
        port.close();
        port = new TestPort(new MediaSettings("127.0.0.1", 0, List.of(), count, count));
        DtlsIdentity identity = DtlsPeer.newIdentity();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<Heard>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(threads.submit(() -> joined(identity)));
        }
        for (Future<Heard> each : all) {
            assertThat(each.get(60, TimeUnit.SECONDS).closed).isNotDone();
        }
        threads.shutdown();
        assertThat(port.totals().transports().connected()).isEqualTo(count);
        assertThat(port.totals().handshakes().done()).isEqualTo(count);
    }

    private Heard joined(DtlsIdentity identity) throws Exception {
        Heard listener = new Heard();
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()), identity)) {
            PeerTransport transport = port.open(Optional.of(peer.fingerprint()), listener);
            peer.check(transport);
            peer.secure(SrtpProfile.values());
            listener.connected.get(20, TimeUnit.SECONDS);
        }
        return listener;
    }

    @Test
    void goodbye_ofThePeer_endsTheTransport() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            peer.sayGoodbye();

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("the peer has left");
            assertThat(port.totals().transports().open()).isZero();
            assertThat(port.totals().transports().connected()).isZero();
        }
    }

    @Test
    void goodbye_ofThisSide_isHeard() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            port.last().close("enough");

            assertThat(peer.hearsGoodbye()).isTrue();
            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("enough");
            assertThat(port.last().explanation()).isEqualTo("enough");
        }
    }
}
