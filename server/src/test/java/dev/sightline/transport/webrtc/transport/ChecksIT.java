package dev.sightline.transport.webrtc.transport;

import static dev.sightline.transport.webrtc.transport.TestPort.SOON_MILLIS;
import static dev.sightline.transport.webrtc.transport.TestPort.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers find their way by ICE checks, change it, and are given up without them. */
class ChecksIT {
    @AutoClose
    private final TestPort port = new TestPort();

    private final Heard heard = new Heard();

    @Test
    void check_wrongPasswordOrNobodys_isNotAnsweredButCounted() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);

            assertThat(peer.check(
                            StunMaker.request(transport.credentials().ufrag() + ":x", "wrong")
                                    .bytes(),
                            SOON_MILLIS))
                    .isEmpty();
            assertThat(peer.check(StunMaker.request("nobody:x", "wrong").bytes(), SOON_MILLIS))
                    .isEmpty();
            assertThat(port.totals().refused().badIntegrity()).isEqualTo(1);
            assertThat(port.totals().refused().unknownUfrag()).isEqualTo(1);
            assertThat(port.totals().traffic().packetsSent()).isZero();
            assertThat(transport.explanation()).contains("signed with this session's password");
        }
    }

    @Test
    void check_ofAPeerThatIsControlled_says487() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            byte[] request = StunMaker.request(
                            transport.credentials().ufrag() + ":x",
                            transport.credentials().password())
                    .controlled()
                    .bytes();

            assertThat(peer.check(request)).contains(StunMaker.BINDING_ERROR);
            assertThat(transport.state()).isEqualTo(TransportState.WAITING);
        }
    }

    @Test
    void check_withoutFingerprint_isAnswered() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            byte[] request = StunMaker.request(
                            transport.credentials().ufrag() + ":x",
                            transport.credentials().password())
                    .withoutFingerprint()
                    .bytes();

            assertThat(peer.check(request)).contains(StunMaker.BINDING_SUCCESS);
        }
    }

    /** Pion nominates a way when a check comes, and else 200 ms later. */
    @Test
    void check_firstAndNotNominating_isFollowedByOneOfOurs() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            transport.peerIs(new IceCredentials("peer", "the-peers-own-password-1"));
            List<Integer> kinds = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                peer.send(StunMaker.request(
                                transport.credentials().ufrag() + ":peer",
                                transport.credentials().password())
                        .bytes());
            }
            for (int i = 0; i < 3; i++) {
                peer.wire().receive(5_000).ifPresent(packet -> kinds.add(BigEndian.u16(packet, 0)));
            }
            assertThat(kinds).startsWith(StunMaker.BINDING_SUCCESS, StunMaker.BINDING_REQUEST);
        }
    }

    @Test
    void check_firstAndNominating_isFollowedByOneOfOursToo_untilItIsAnswered() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);
            transport.peerIs(new IceCredentials("peer", "the-peers-own-password-1"));

            assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
            byte[] question = peer.wire().receive(5_000).orElseThrow();
            assertThat(BigEndian.u16(question, 0)).isEqualTo(StunMaker.BINDING_REQUEST);
            assertThat(heard.proved).isNotDone();

            peer.send(StunMaker.success(
                    question, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), "the-peers-own-password-1"));

            assertThat(heard.proved.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
            assertThat(peer.wire().receive(SOON_MILLIS)).isEmpty();
        }
    }

    @Test
    void check_recordedAndSentFromElsewhere_movesNothing() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()));
                TestPeer thief = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.connect(peer, Optional.empty(), heard);
            byte[] request = StunMaker.request(
                            transport.credentials().ufrag() + ":x",
                            transport.credentials().password())
                    .nominating()
                    .bytes();
            peer.check(request);

            assertThat(thief.check(request, SOON_MILLIS)).isEmpty();
            assertThat(port.totals().refused().replayedChecks()).isEqualTo(1);
            port.send(transport, rtp(1, 100));
            assertThat(peer.receive(5_000)).isPresent();
        }
    }

    @Test
    void check_fromAnAddressThatIsAnothers_takesNothingAway() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            PeerTransport other = port.open(Optional.empty(), new Heard());
            byte[] request = StunMaker.request(
                            other.credentials().ufrag() + ":x",
                            other.credentials().password())
                    .nominating()
                    .bytes();

            assertThat(peer.check(request, SOON_MILLIS)).isEmpty();
            peer.send(peer.sealedRtp(rtp(1, 100)));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(1, 100));
        }
    }

    @Test
    void network_changed_isFollowedAfterASignedCheck() throws Exception {
        try (TestPeer peer = port.connected(heard);
                TestPeer moved = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.last();
            byte[] request = StunMaker.request(
                            transport.credentials().ufrag() + ":x",
                            transport.credentials().password())
                    .nominating()
                    .bytes();

            assertThat(moved.check(request)).contains(StunMaker.BINDING_SUCCESS);
            port.send(transport, rtp(1, 100));

            assertThat(moved.wire().receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).hasSize(116));
            moved.send(peer.sealedRtp(rtp(5, 100)));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(5, 100));
        }
    }

    @Test
    void way_notNominated_isAnsweredButNotTaken() throws Exception {
        try (TestPeer peer = port.connected(heard);
                TestPeer second = new TestPeer(TestWire.udp(port.port()))) {
            byte[] request = StunMaker.request(
                            port.last().credentials().ufrag() + ":x",
                            port.last().credentials().password())
                    .bytes();

            assertThat(second.check(request)).contains(StunMaker.BINDING_SUCCESS);
            port.send(port.last(), rtp(1, 100));

            assertThat(peer.receive(5_000)).isPresent();
        }
    }

    @Test
    void restart_oldCredentials_holdUntilTheNewAreUsed() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            PeerTransport transport = port.last();
            byte[] before = StunMaker.request(
                            transport.credentials().ufrag() + ":x",
                            transport.credentials().password())
                    .nominating()
                    .bytes();
            String ufrag = transport.credentials().ufrag();
            String password = transport.credentials().password();
            transport.restartIce();
            transport.restartIce();

            assertThat(transport.credentials().ufrag()).isNotEqualTo(ufrag);
            assertThat(peer.check(before)).contains(StunMaker.BINDING_SUCCESS);
            assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
            byte[] late = StunMaker.request(ufrag + ":x", password).nominating().bytes();
            assertThat(peer.check(late, SOON_MILLIS)).isEmpty();
            assertThat(port.totals().refused().unknownUfrag()).isEqualTo(1);
            assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);
        }
    }

    @Test
    void silence_ofAPeer_endsTheTransport() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            PeerTransport transport = port.last();
            port.passes(Duration.ofSeconds(29));
            peer.check(transport);
            port.passes(Duration.ofSeconds(29));
            peer.check(transport);
            assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);

            port.passes(Duration.ofSeconds(31));

            assertThat(heard.closed.get(5, TimeUnit.SECONDS))
                    .isEqualTo("the peer fell silent: no ICE check and no media for 30 s");
            assertThat(port.totals().transports().timedOutSilent()).isEqualTo(1);
        }
    }

    /** As libnice and Pion do: no check once media flows. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void authenticMedia_keepsTheTransport_forgedOrReplayedDoesNot(boolean reports) throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            byte[] last = {};
            for (int i = 1; i <= 3; i++) {
                port.passesNoticed(Duration.ofSeconds(20));
                last = reports ? peer.sealedRtcp(report()) : peer.sealedRtp(rtp(i, 100));
                peer.send(last);
                assertThat((reports ? heard.rtcp : heard.rtp).poll(5, TimeUnit.SECONDS))
                        .isNotNull();
            }
            assertThat(port.last().state()).isEqualTo(TransportState.CONNECTED);

            port.passes(Duration.ofSeconds(20));
            byte[] forged = last.clone();
            forged[3]++;
            peer.send(last);
            peer.send(forged);
            Await.until(
                    "they are refused",
                    () -> port.totals().refused().replayed()
                                    + port.totals().refused().forged()
                            == 2);
            port.passes(Duration.ofSeconds(11));

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).startsWith("the peer fell silent");
        }
    }

    /** Who sends from elsewhere than where media goes does not keep it going there. */
    @Test
    void authenticMedia_fromAnotherWay_doesNotKeepTheTransport() throws Exception {
        try (TestPeer peer = port.connected(heard);
                TestPeer second = new TestPeer(TestWire.udp(port.port()))) {
            port.passes(Duration.ofSeconds(20));
            byte[] check = StunMaker.request(
                            port.last().credentials().ufrag() + ":x",
                            port.last().credentials().password())
                    .bytes();
            assertThat(second.check(check)).contains(StunMaker.BINDING_SUCCESS);
            second.send(peer.sealedRtp(rtp(1, 100)));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isNotNull();

            port.passes(Duration.ofSeconds(11));

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).startsWith("the peer fell silent");
        }
    }

    /** An empty receiver report. */
    private static byte[] report() {
        byte[] packet = new byte[8];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) 201;
        packet[3] = 1;
        return packet;
    }

    @Test
    void nobody_comes_isExplained() throws Exception {
        PeerTransport transport = port.open(Optional.empty(), heard);
        assertThat(transport.explanation()).isEqualTo("no packet has arrived on UDP " + port.port() + " yet");

        port.passes(Duration.ofSeconds(31));

        assertThat(heard.closed.get(5, TimeUnit.SECONDS))
                .isEqualTo("no packet arrived on UDP " + port.port()
                        + " within 30 s: a firewall, or a container's port that is not published");
        assertThat(port.totals().transports().open()).isZero();
        assertThat(port.totals().transports().timedOutConnecting()).isEqualTo(1);
    }

    @Test
    void peer_thatOnlyChecks_isFreedWithTheReason() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            peer.check(port.open(Optional.empty(), heard));

            port.passes(Duration.ofSeconds(31));

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).contains("DTLS did not begin within 30 s");
        }
    }
}
