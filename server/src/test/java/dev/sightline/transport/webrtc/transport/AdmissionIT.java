package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.refusal.RefusedException;
import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A port with room for six transports, four of them one address's: who is not connected gives way, who is stays. */
class AdmissionIT {
    private static final InetAddress ONE = address("192.0.2.1");
    private static final InetAddress TWO = address("192.0.2.2");
    private static final InetAddress THREE = address("192.0.2.3");

    private final TestPort port;
    private final List<TestPeer> peers = new ArrayList<>();
    private int named;

    AdmissionIT() throws IOException {
        port = new TestPort(new MediaSettings("127.0.0.1", 0, List.of(), 6, 4));
    }

    @AfterEach
    void close() throws IOException {
        for (TestPeer peer : peers) {
            peer.close();
        }
        port.close();
    }

    @Test
    void addressesLimit_oldestThatIsNotConnected_givesWay() throws Exception {
        PeerTransport connected = connected(ONE);
        Heard first = asked(ONE);
        Heard second = asked(ONE);
        asked(ONE);
        Heard other = asked(TWO);

        Heard newcomer = asked(ONE);

        assertThat(first.closed.get(5, TimeUnit.SECONDS)).isEqualTo(TransportDiagnostics.GAVE_WAY);
        assertThat(second.closed).isNotDone();
        assertThat(other.closed).isNotDone();
        assertThat(newcomer.closed).isNotDone();
        assertThat(connected.state()).isEqualTo(TransportState.CONNECTED);
        assertThat(port.totals().transports().evicted()).isEqualTo(1);
        assertThat(port.totals().transports().open()).isEqualTo(5);
    }

    @Test
    void addressesLimit_ofConnectedOnes_isAReason_andOthersAreLetIn() throws Exception {
        for (int i = 0; i < 4; i++) {
            connected(ONE);
        }

        assertThatThrownBy(() -> asked(ONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("4 WebRTC sessions of one address")
                .hasMessageContaining("max-sessions-per-address");
        assertThat(port.totals().transports().refused()).isEqualTo(1);
        connected(TWO);
    }

    @Test
    void limitOfAll_theAddressThatHasMost_givesWay() throws Exception {
        Heard early = asked(TWO);
        Heard first = asked(ONE);
        asked(ONE);
        asked(ONE);
        connected(TWO);
        connected(TWO);

        connected(THREE);

        assertThat(first.closed.get(5, TimeUnit.SECONDS)).isEqualTo(TransportDiagnostics.GAVE_WAY);
        assertThat(early.closed).isNotDone();
        assertThat(port.totals().transports().connected()).isEqualTo(3);
    }

    @Test
    void limitOfAll_ofConnectedOnes_isAReason() throws Exception {
        for (int i = 0; i < 6; i++) {
            connected(i < 3 ? ONE : TWO);
        }

        assertThatThrownBy(() -> asked(THREE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("6 WebRTC sessions")
                .hasMessageContaining("max-sessions");
    }

    /** Who gets further is not the next to go, though others came later. */
    @Test
    void whoGetsFurther_staysLonger() throws Exception {
        Heard coming = new Heard();
        TestPeer peer = peer();
        PeerTransport transport = port.open(ONE, Optional.of(peer.fingerprint()), coming);
        Heard idle = asked(ONE);
        assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
        asked(ONE);
        asked(ONE);

        asked(ONE);

        assertThat(idle.closed.get(5, TimeUnit.SECONDS)).isEqualTo(TransportDiagnostics.GAVE_WAY);
        assertThat(coming.closed).isNotDone();
    }

    @Test
    void networkOfIpv6_isOneAddress() throws Exception {
        Heard first = asked(address("2001:db8:1:2::1"));
        for (int i = 2; i <= 4; i++) {
            asked(address("2001:db8:1:2::" + i));
        }
        Heard other = asked(address("2001:db8:1:3::1"));

        asked(address("2001:db8:1:2:ffff::1"));

        assertThat(first.closed.get(5, TimeUnit.SECONDS)).isEqualTo(TransportDiagnostics.GAVE_WAY);
        assertThat(other.closed).isNotDone();
    }

    /** Who asks faster than what it asked for can be ended waits; others do not. */
    @Test
    void evicted_andNotGoneYet_areCountedByAddressToo() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        port.executor().execute(() -> awaitQuietly(goOn));
        try {
            for (int i = 0; i < 4 + Admission.MOST_LEAVING_OF_CLIENT; i++) {
                asked(ONE);
            }

            assertThatThrownBy(() -> asked(ONE))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("at once");
            asked(TWO);
        } finally {
            goOn.countDown();
        }

        Await.until("they are gone", () -> port.totals().transports().open() == 5);
        asked(ONE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void places_thatWereLeft_areFreeAgain() throws Exception {
        for (int i = 0; i < 20; i++) {
            PeerTransport transport = connected(ONE);
            transport.close("enough");
            Await.until("it is gone", () -> port.totals().transports().open() == 0);
        }
        assertThat(port.totals().transports().evicted()).isZero();
        assertThat(port.totals().transports().refused()).isZero();
    }

    /** Somebody who has asked for a transport of a peer that is known, and does not come. */
    private Heard asked(InetAddress client) throws RefusedException {
        Heard heard = new Heard();
        Fingerprint fingerprint = new Fingerprint("sha-256", "00:".repeat(31) + String.format("%02X", named++));
        port.open(client, Optional.of(fingerprint), heard);
        return heard;
    }

    private PeerTransport connected(InetAddress client) throws Exception {
        Heard heard = new Heard();
        TestPeer peer = peer();
        PeerTransport transport = port.open(client, Optional.of(peer.fingerprint()), heard);
        assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
        peer.secure(SrtpProfile.values());
        heard.connected.get(5, TimeUnit.SECONDS);
        return transport;
    }

    private TestPeer peer() throws IOException {
        TestPeer peer = new TestPeer(TestWire.udp(port.port()));
        peers.add(peer);
        return peer;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(literal, e);
        }
    }
}
