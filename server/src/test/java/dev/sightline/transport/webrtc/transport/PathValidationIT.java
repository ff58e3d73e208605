package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.ice.StunRequest;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who knows a transport's password nominates addresses; media follows only to where the peer is. */
class PathValidationIT {
    private static final Timeouts PATIENCE = new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMillis(10));
    private static final InetSocketAddress SEEN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final String PEER_PASSWORD = "the-peers-own-password-1";
    private static final int SOON_MILLIS = 300;

    private final AtomicLong ahead = new AtomicLong();
    private final Heard heard = new Heard();
    private MediaPort port;
    private TestPeer peer;
    private PeerTransport transport;
    private int number;

    @BeforeEach
    void connect() throws Exception {
        port = MediaPort.bind(
                new MediaSettings("127.0.0.1", 0, List.of(), 3, 3),
                MediaNetwork.best(),
                true,
                PATIENCE,
                () -> System.nanoTime() + ahead.get());
        peer = new TestPeer(TestWire.udp(port.port()));
        transport = port.open(TestPort.CLIENT, Optional.of(peer.fingerprint()), heard);
        assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
        peer.secure(SrtpProfile.values());
        heard.connected.get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        port.close();
    }

    @Test
    void nominated_whereNobodyAnswers_mediaStaysWhereItWas() throws Exception {
        transport.peerIs(new IceCredentials("peer", PEER_PASSWORD));
        try (TestPeer victim = new TestPeer(TestWire.udp(port.port()))) {
            assertThat(victim.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            assertThat(question(victim)).isPresent();
            sendMedia();
            assertThat(peer.receive(5_000)).isPresent();
            assertThat(victim.receive(SOON_MILLIS)).isEmpty();
        }
    }

    @Test
    void nominated_whereThePeerAnswers_mediaFollows() throws Exception {
        transport.peerIs(new IceCredentials("peer", PEER_PASSWORD));
        try (TestPeer moved = new TestPeer(TestWire.udp(port.port()))) {
            assertThat(moved.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            byte[] question = question(moved).orElseThrow();
            StunRequest read = StunRequest.parse(question, question.length).orElseThrow();
            assertThat(read.localUfrag()).isEqualTo("peer");
            assertThat(StunMaker.signed(question, PEER_PASSWORD)).isTrue();

            moved.send(answer(question, PEER_PASSWORD));

            followedTo(moved);
        }
    }

    @Test
    void answer_signedWithAnotherPasswordOrToAnotherQuestion_provesNothing() throws Exception {
        transport.peerIs(new IceCredentials("peer", PEER_PASSWORD));
        try (TestPeer moved = new TestPeer(TestWire.udp(port.port()))) {
            moved.check(nomination());
            byte[] question = question(moved).orElseThrow();
            long junk = port.totals().refused().junk();

            moved.send(answer(question, "another-password-of-24-c"));
            moved.send(answer(nomination(), PEER_PASSWORD));

            Await.until("both are refused", () -> port.totals().refused().junk() == junk + 2);
            sendMedia();
            assertThat(peer.receive(5_000)).isPresent();
            assertThat(moved.receive(SOON_MILLIS)).isEmpty();
        }
    }

    @Test
    void nominated_byAPeerWithoutKnownCredentials_mayOnlyChangeItsPort() throws Exception {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        try (TestPeer stranger =
                        new TestPeer(TestWire.udp(elsewhere, InetAddress.getByName("127.0.0.1"), port.port()));
                TestPeer moved = new TestPeer(TestWire.udp(port.port()))) {
            assertThat(stranger.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            sendMedia();
            assertThat(peer.receive(5_000)).isPresent();
            assertThat(stranger.receive(SOON_MILLIS)).isEmpty();

            assertThat(moved.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            followedTo(moved);
        }
    }

    @Test
    void nominated_amidTheHandshake_whereNobodyAnswers_isNotFollowed() throws Exception {
        try (TestPeer coming = new TestPeer(TestWire.udp(port.port()));
                TestPeer victim = new TestPeer(TestWire.udp(port.port()))) {
            transport = port.open(TestPort.CLIENT, Optional.of(coming.fingerprint()), heard);
            transport.peerIs(new IceCredentials("peer", PEER_PASSWORD));
            coming.check(transport);

            coming.secure(
                    () -> assertThat(victim.check(nomination())).contains(StunMaker.BINDING_SUCCESS),
                    SrtpProfile.values());

            Await.until("it is connected", () -> transport.state() == TransportState.CONNECTED);
            sendMedia();
            assertThat(coming.receive(5_000)).isPresent();
            assertThat(question(victim)).isPresent();
            assertThat(victim.wire().receive(SOON_MILLIS)).isEmpty();
        }
    }

    @Test
    void nominated_whenThePeersConnectionIsGone_mayStillOnlyChangeItsPort() throws Exception {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        try (TestPeer leaving = new TestPeer(TestWire.tcp(port.port()));
                TestPeer stranger =
                        new TestPeer(TestWire.udp(elsewhere, InetAddress.getByName("127.0.0.1"), port.port()));
                TestPeer moved = new TestPeer(TestWire.udp(port.port()))) {
            transport = port.open(TestPort.CLIENT, Optional.of(leaving.fingerprint()), heard);
            leaving.check(transport);
            leaving.secure(SrtpProfile.values());
            Await.until("it is connected", () -> transport.state() == TransportState.CONNECTED);
            leaving.close();
            Await.until("its way is gone", () -> transport.figures().remote().isEmpty());

            assertThat(stranger.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            sendMedia();
            assertThat(stranger.receive(SOON_MILLIS)).isEmpty();

            assertThat(moved.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            followedTo(moved);
        }
    }

    @Test
    void consent_byACheckThatIsReplayed_isNone() throws Exception {
        byte[] recorded = nomination();
        assertThat(peer.check(recorded)).contains(StunMaker.BINDING_SUCCESS);
        assertThat(peer.check(recorded)).contains(StunMaker.BINDING_SUCCESS);

        ahead.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(peer.check(recorded, SOON_MILLIS)).isEmpty();
        ahead.addAndGet(Duration.ofSeconds(11).toNanos());

        heard.closed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void consent_ofAnotherWay_doesNotKeepMediaGoing() throws Exception {
        transport.peerIs(new IceCredentials("peer", PEER_PASSWORD));
        try (TestPeer other = new TestPeer(TestWire.udp(port.port()))) {
            ahead.addAndGet(Duration.ofSeconds(29).toNanos());
            assertThat(other.check(nomination())).contains(StunMaker.BINDING_SUCCESS);
            ahead.addAndGet(Duration.ofSeconds(2).toNanos());

            heard.closed.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void checks_ofAPeerThatIsControlled_leaveNothingBehind() throws Exception {
        try (TestPeer other = new TestPeer(TestWire.udp(port.port()))) {
            byte[] controlled = StunMaker.request(
                            transport.credentials().ufrag() + ":x",
                            transport.credentials().password())
                    .controlled()
                    .bytes();
            assertThat(other.check(controlled)).contains(StunMaker.BINDING_ERROR);
            long junk = port.totals().refused().junk();

            other.beginToSecure();

            Await.until(
                    "its address belongs to nobody",
                    () -> port.totals().refused().junk() > junk);
        }
    }

    private byte[] nomination() {
        return StunMaker.request(
                        transport.credentials().ufrag() + ":peer",
                        transport.credentials().password())
                .nominating()
                .bytes();
    }

    /** A check of the server's, if one comes. */
    private static Optional<byte[]> question(TestPeer at) throws IOException {
        return at.wire().receive(5_000).filter(packet -> BigEndian.u16(packet, 0) == StunMaker.BINDING_REQUEST);
    }

    private static byte[] answer(byte[] question, String password) {
        return StunMaker.success(question, SEEN, password);
    }

    private void followedTo(TestPeer moved) throws Exception {
        boolean followed = false;
        for (int tries = 0; tries < 20 && !followed; tries++) {
            sendMedia();
            followed = moved.wire()
                    .receive(SOON_MILLIS)
                    .filter(packet -> (packet[0] & 0x80) != 0)
                    .isPresent();
        }
        assertThat(followed).as("media has followed").isTrue();
    }

    private void sendMedia() throws Exception {
        byte[] packet = new byte[100];
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        BigEndian.put16(packet, 2, ++number);
        port.executor()
                .submit(() -> {
                    transport.sendRtp(packet, 0, packet.length);
                    transport.flush();
                })
                .get(5, TimeUnit.SECONDS);
    }
}
