package dev.sightline.transport.webrtc.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers of all manners come to a real port. */
class MediaPortIT {
    private static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMillis(10));
    private static final MediaSettings SETTINGS = new MediaSettings("127.0.0.1", 0, List.of(), 3);
    private static final byte[] RTCP = HexFormat.of().parseHex("81c9000712345678aabbccdd0000000000000000");
    private static final int SOON_MILLIS = 300;

    private final AtomicLong ahead = new AtomicLong();
    private final Heard heard = new Heard();
    private Link last;
    private MediaPort port;

    @BeforeEach
    void bind() throws IOException {
        port = bound(MediaNetwork.best(), MediaNetwork.best().segmentation(), PATIENCE);
    }

    @AfterEach
    void close() {
        port.close();
    }

    private MediaPort bound(MediaNetwork network, boolean segmentation, Patience patience) throws IOException {
        return MediaPort.bind(SETTINGS, network, segmentation, patience, () -> System.nanoTime() + ahead.get());
    }

    private void passes(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    @ParameterizedTest
    @EnumSource
    void peer_eachProfile_exchangesMediaBothWays(SrtpProfile profile) throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.of(peer.fingerprint()), heard);
            assertThat(link.state()).isEqualTo(LinkState.WAITING);
            assertThat(peer.check(link)).contains(Stun.BINDING_SUCCESS);
            assertThat(link.state()).isEqualTo(LinkState.REACHED);

            peer.secure(profile);

            assertThat(heard.connected.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(link.state()).isEqualTo(LinkState.CONNECTED);
            send(link, rtp(1, 1000), rtp(2, 1000), rtp(3, 700));
            assertThat(peer.receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).isEqualTo(rtp(1, 1000)));
            assertThat(peer.receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).isEqualTo(rtp(2, 1000)));
            assertThat(peer.receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).isEqualTo(rtp(3, 700)));
            peer.send(peer.sealedRtp(rtp(9, 500)));
            peer.send(peer.sealedRtcp(RTCP));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(9, 500));
            assertThat(heard.rtcp.poll(5, TimeUnit.SECONDS)).isEqualTo(RTCP);
            assertThat(link.figures().packetsSent()).isEqualTo(3);
            assertThat(link.figures().packetsReceived()).isEqualTo(2);
            assertThat(port.totals().connected()).isEqualTo(1);
            assertThat(port.totals().handshakesRunning()).isZero();
            assertThat(link.explanation()).startsWith("connected over UDP with 127.0.0.1 port ");
        }
    }

    @Test
    void peer_thatKnowsBothProfiles_getsGcm() throws Exception {
        try (TestPeer peer = connected(heard)) {
            byte[] sealed = peer.sealedRtp(rtp(1, 100));

            assertThat(sealed).hasSize(100 + 16);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runs_splitByTheKernelOrHere_arriveAlike(boolean segmentation) throws Exception {
        port.close();
        port = bound(MediaNetwork.best(), segmentation, PATIENCE);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            arriveInOrder(peer, lengths());
        }
    }

    @Test
    void runs_withoutEpoll_arriveToo() throws Exception {
        port.close();
        port = bound(MediaNetwork.NIO, false, PATIENCE);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            arriveInOrder(peer, lengths());
        }
    }

    @Test
    void peer_overTcp_exchangesMediaBothWays() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.tcp(port.port()))) {
            Link link = arriveInOrder(peer, lengths());
            peer.send(peer.sealedRtp(rtp(9, 500)));

            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(9, 500));
            assertThat(link.explanation()).startsWith("connected over TCP with 127.0.0.1 port ");
            assertThat(port.totals().tcpConnections()).isEqualTo(1);
        }
        Await.until("the connection is gone", () -> port.totals().tcpConnections() == 0);
    }

    @Test
    void peer_overIpv6_isAnswered() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        port.close();
        port = MediaPort.bind(new MediaSettings("0.0.0.0", 0, List.of(), 3));
        try (TestPeer six = new TestPeer(TestWire.udp(loopback, port.port()));
                TestPeer four = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);

            assertThat(six.check(link)).contains(Stun.BINDING_SUCCESS);
            assertThat(four.check(link)).contains(Stun.BINDING_SUCCESS);
            six.check(link);
            six.secure(SrtpProfile.values());
            assertThat(heard.connected.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void media_replayedOrForged_isDroppedAndCounted() throws Exception {
        try (TestPeer peer = connected(heard)) {
            byte[] sealed = peer.sealedRtp(rtp(1, 100));
            byte[] forged = peer.sealedRtp(rtp(2, 100));
            forged[60] ^= 1;
            peer.send(sealed);
            peer.send(sealed);
            peer.send(forged);
            peer.send(peer.sealedRtp(rtp(3, 100)));

            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(1, 100));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(3, 100));
            assertThat(heard.rtp).isEmpty();
            assertThat(port.totals().replayed()).isEqualTo(1);
            assertThat(port.totals().forged()).isEqualTo(1);
        }
    }

    @Test
    void media_fromElsewhere_isJunk() throws Exception {
        try (TestPeer peer = connected(heard);
                TestWire elsewhere = TestWire.udp(port.port())) {
            elsewhere.send(peer.sealedRtp(rtp(1, 100)));

            Await.until("it is counted", () -> port.totals().junk() == 1);
            assertThat(heard.rtp).isEmpty();
        }
    }

    @Test
    void certificate_otherThanInTheSdp_endsTheLink() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link =
                    port.open(Optional.of(DtlsIdentity.create().fingerprint().toString()), heard);
            peer.check(link);

            assertThatThrownBy(() -> peer.secure(SrtpProfile.values())).isInstanceOf(IOException.class);
            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).startsWith("wrong fingerprint");
            assertThat(link.explanation()).startsWith("wrong fingerprint");
            assertThat(port.totals().handshakesFailed()).isEqualTo(1);
            assertThat(port.totals().links()).isZero();
        }
    }

    @Test
    void certificate_namedLater_isVerifiedThen() throws Exception {
        Heard second = new Heard();
        try (TestPeer right = new TestPeer(TestWire.udp(port.port()));
                TestPeer wrong = new TestPeer(TestWire.udp(port.port()))) {
            Link one = connect(right, Optional.empty(), heard);
            Link two = connect(wrong, Optional.empty(), second);
            one.verify(right.fingerprint());
            two.verify(right.fingerprint());

            assertThat(second.closed.get(5, TimeUnit.SECONDS)).startsWith("wrong fingerprint");
            assertThat(one.state()).isEqualTo(LinkState.CONNECTED);
            assertThatThrownBy(() -> one.verify("sha-256 12:34"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no fingerprint");
        }
    }

    @Test
    void peer_withoutSrtp_isRefusedWithTheReason() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);
            peer.check(link);

            assertThatThrownBy(peer::secure).isInstanceOf(IOException.class);
            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).contains("knows no encryption of media");
        }
    }

    @Test
    void check_wrongPasswordOrNobodys_isNotAnsweredButCounted() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);

            assertThat(peer.check(
                            StunMaker.request(link.ufrag() + ":x", "wrong").bytes(), SOON_MILLIS))
                    .isEmpty();
            assertThat(peer.check(StunMaker.request("nobody:x", "wrong").bytes(), SOON_MILLIS))
                    .isEmpty();
            assertThat(port.totals().badIntegrity()).isEqualTo(1);
            assertThat(port.totals().unknownUfrag()).isEqualTo(1);
            assertThat(port.totals().packetsSent()).isZero();
            assertThat(link.explanation()).contains("signed with this session's password");
        }
    }

    @Test
    void check_ofAPeerThatIsControlled_says487() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);
            byte[] request = StunMaker.request(link.ufrag() + ":x", link.password())
                    .controlled()
                    .bytes();

            assertThat(peer.check(request)).contains(Stun.BINDING_ERROR);
            assertThat(link.state()).isEqualTo(LinkState.WAITING);
        }
    }

    @Test
    void check_withoutFingerprint_isAnswered() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);
            byte[] request = StunMaker.request(link.ufrag() + ":x", link.password())
                    .withoutFingerprint()
                    .bytes();

            assertThat(peer.check(request)).contains(Stun.BINDING_SUCCESS);
        }
    }

    @Test
    void check_recordedAndSentFromElsewhere_movesNothing() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()));
                TestPeer thief = new TestPeer(TestWire.udp(port.port()))) {
            Link link = connect(peer, Optional.empty(), heard);
            byte[] request = StunMaker.request(link.ufrag() + ":x", link.password())
                    .nominating()
                    .bytes();
            peer.check(request);

            assertThat(thief.check(request, SOON_MILLIS)).isEmpty();
            assertThat(port.totals().replayedChecks()).isEqualTo(1);
            send(link, rtp(1, 100));
            assertThat(peer.receive(5_000)).isPresent();
        }
    }

    @Test
    void check_fromAnAddressThatIsAnothers_takesNothingAway() throws Exception {
        try (TestPeer peer = connected(heard)) {
            Link other = port.open(Optional.empty(), new Heard());
            byte[] request = StunMaker.request(other.ufrag() + ":x", other.password())
                    .nominating()
                    .bytes();

            assertThat(peer.check(request, SOON_MILLIS)).isEmpty();
            peer.send(peer.sealedRtp(rtp(1, 100)));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(1, 100));
        }
    }

    @Test
    void network_changed_isFollowedAfterASignedCheck() throws Exception {
        try (TestPeer peer = connected(heard);
                TestPeer moved = new TestPeer(TestWire.udp(port.port()))) {
            Link link = last;
            byte[] request = StunMaker.request(link.ufrag() + ":x", link.password())
                    .nominating()
                    .bytes();

            assertThat(moved.check(request)).contains(Stun.BINDING_SUCCESS);
            send(link, rtp(1, 100));

            assertThat(moved.wire().receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).hasSize(116));
            moved.send(peer.sealedRtp(rtp(5, 100)));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(5, 100));
        }
    }

    @Test
    void way_notNominated_isAnsweredButNotTaken() throws Exception {
        try (TestPeer peer = connected(heard);
                TestPeer second = new TestPeer(TestWire.udp(port.port()))) {
            byte[] request =
                    StunMaker.request(last.ufrag() + ":x", last.password()).bytes();

            assertThat(second.check(request)).contains(Stun.BINDING_SUCCESS);
            send(last, rtp(1, 100));

            assertThat(peer.receive(5_000)).isPresent();
        }
    }

    @Test
    void restart_oldCredentials_holdUntilTheNewAreUsed() throws Exception {
        try (TestPeer peer = connected(heard)) {
            Link link = last;
            byte[] before = StunMaker.request(link.ufrag() + ":x", link.password())
                    .nominating()
                    .bytes();
            String ufrag = link.ufrag();
            String password = link.password();
            link.restartIce();
            link.restartIce();

            assertThat(link.ufrag()).isNotEqualTo(ufrag);
            assertThat(peer.check(before)).contains(Stun.BINDING_SUCCESS);
            assertThat(peer.check(link)).contains(Stun.BINDING_SUCCESS);
            byte[] late = StunMaker.request(ufrag + ":x", password).nominating().bytes();
            assertThat(peer.check(late, SOON_MILLIS)).isEmpty();
            assertThat(port.totals().unknownUfrag()).isEqualTo(1);
            assertThat(link.state()).isEqualTo(LinkState.CONNECTED);
        }
    }

    @Test
    void goodbye_ofThePeer_endsTheLink() throws Exception {
        try (TestPeer peer = connected(heard)) {
            peer.sayGoodbye();

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("the peer has left");
            assertThat(port.totals().links()).isZero();
            assertThat(port.totals().connected()).isZero();
        }
    }

    @Test
    void goodbye_ofThisSide_isHeard() throws Exception {
        try (TestPeer peer = connected(heard)) {
            last.close("enough");

            assertThat(peer.hearsGoodbye()).isTrue();
            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("enough");
            assertThat(last.explanation()).isEqualTo("enough");
        }
    }

    @Test
    void silence_ofAPeer_endsTheLink() throws Exception {
        try (TestPeer peer = connected(heard)) {
            Link link = last;
            passes(Duration.ofSeconds(29));
            peer.check(link);
            passes(Duration.ofSeconds(29));
            peer.check(link);
            assertThat(link.state()).isEqualTo(LinkState.CONNECTED);

            passes(Duration.ofSeconds(31));

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("the peer fell silent: no ICE check for 30 s");
        }
    }

    @Test
    void nobody_comes_isExplained() throws Exception {
        Link link = port.open(Optional.empty(), heard);
        assertThat(link.explanation()).isEqualTo("no packet has arrived on UDP " + port.port() + " yet");

        passes(Duration.ofSeconds(31));

        assertThat(heard.closed.get(5, TimeUnit.SECONDS))
                .isEqualTo("no packet arrived on UDP " + port.port()
                        + " within 30 s: a firewall, or a container's port that is not published");
        assertThat(port.totals().links()).isZero();
    }

    @Test
    void peer_thatOnlyChecks_isFreedWithTheReason() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            peer.check(port.open(Optional.empty(), heard));

            passes(Duration.ofSeconds(31));

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).contains("DTLS did not begin within 30 s");
        }
    }

    @Test
    void peer_killedInTheHandshake_isFreedWithTheReason() throws Exception {
        port.close();
        Patience hurry = new Patience(
                PATIENCE.connect(), Duration.ofMillis(600), PATIENCE.consent(), PATIENCE.stranger(), PATIENCE.look());
        port = bound(MediaNetwork.best(), true, hurry);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);
            peer.check(link);
            peer.beginToSecure();
            Await.until("the handshake begins", () -> link.state() != LinkState.REACHED);

            assertThat(heard.closed.get(5, TimeUnit.SECONDS)).contains("DTLS did not finish within 600 ms");
            assertThat(port.totals().handshakesRunning()).isZero();
            assertThat(port.totals().handshakesFailed()).isEqualTo(1);
            assertThat(port.totals().links()).isZero();
        }
    }

    @Test
    void link_closedInTheHandshake_letsGoOfItsThread() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            Link link = port.open(Optional.empty(), heard);
            peer.check(link);
            peer.beginToSecure();
            Await.until("the handshake runs", () -> port.totals().handshakesRunning() == 1);

            link.close("enough");

            Await.until("it is over", () -> port.totals().handshakesRunning() == 0);
        }
    }

    @Test
    void junk_ofAllKinds_isCountedAndNeverAnswered() throws Exception {
        try (TestWire wire = TestWire.udp(port.port())) {
            for (int first = 0; first < 256; first++) {
                byte[] packet = new byte[100];
                packet[0] = (byte) first;
                wire.send(packet);
            }
            wire.send(new byte[0]);
            wire.send(new byte[2048]);

            Await.until("all are counted", () -> port.totals().junk() == 258);
            assertThat(wire.receive(SOON_MILLIS)).isEmpty();
            assertThat(port.totals().packetsSent()).isZero();
        }
    }

    @Test
    void tcp_strangers_areClosedSoonAndWhenTheyAreMany() throws Exception {
        List<TestWire> many = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                many.add(TestWire.tcp(port.port()));
            }
            assertThatThrownBy(() -> many.get(0).receive(5_000)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> many.get(79).receive(5_000)).isInstanceOf(IOException.class);
            Await.until("all are gone", () -> port.totals().tcpConnections() == 0);
        } finally {
            for (TestWire each : many) {
                each.close();
            }
        }
    }

    @Test
    void tcp_thatSpeaksSomethingElse_isClosed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(5_000);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void links_moreThanAllowed_areRefused() {
        for (int i = 0; i < 3; i++) {
            port.open(Optional.empty(), new Heard());
        }

        assertThatThrownBy(() -> port.open(Optional.empty(), heard))
                .isInstanceOf(TooManyLinksException.class)
                .hasMessageContaining("3");
    }

    @Test
    void hundredPeers_atTheSameTime_allConnect() throws Exception {
        int count = 100;
        port.close();
        port = MediaPort.bind(new MediaSettings("127.0.0.1", 0, List.of(), count));
        DtlsIdentity identity = DtlsIdentity.create();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<Heard>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(threads.submit(() -> joined(identity)));
        }
        for (Future<Heard> each : all) {
            assertThat(each.get(60, TimeUnit.SECONDS).closed).isNotDone();
        }
        threads.shutdown();
        assertThat(port.totals().connected()).isEqualTo(count);
        assertThat(port.totals().handshakesDone()).isEqualTo(count);
    }

    private Heard joined(DtlsIdentity identity) throws Exception {
        Heard listener = new Heard();
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()), identity)) {
            Link link = port.open(Optional.of(peer.fingerprint()), listener);
            peer.check(link);
            peer.secure(SrtpProfile.values());
            listener.connected.get(20, TimeUnit.SECONDS);
        }
        return listener;
    }

    @Test
    void bind_takenPort_saysSo() {
        assertThatThrownBy(() -> MediaPort.bind(SETTINGS.withPort(port.port())))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("UDP port " + port.port())
                .hasMessageContaining("is taken");
        assertThatThrownBy(() -> MediaPort.bind(SETTINGS.withHost("no.such.host.invalid")))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("unknown");
        assertThatThrownBy(() -> MediaPort.bind(SETTINGS.withHost("192.0.2.1")))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("no address of this computer");
    }

    @Test
    void close_ofThePort_endsAllLinks() throws Exception {
        port.open(Optional.empty(), heard);

        port.close();

        assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("the server is closing");
    }

    private TestPeer connected(Heard listener) throws Exception {
        TestPeer peer = new TestPeer(TestWire.udp(port.port()));
        last = connect(peer, Optional.of(peer.fingerprint()), listener);
        return peer;
    }

    private Link connect(TestPeer peer, Optional<String> fingerprint, Heard listener) throws Exception {
        Link link = port.open(fingerprint, listener);
        assertThat(peer.check(link)).contains(Stun.BINDING_SUCCESS);
        peer.secure(SrtpProfile.values());
        listener.connected.get(5, TimeUnit.SECONDS);
        return link;
    }

    private Link arriveInOrder(TestPeer peer, List<Integer> lengths) throws Exception {
        Link link = connect(peer, Optional.of(peer.fingerprint()), heard);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            packets.add(rtp(i, lengths.get(i)));
        }
        send(link, packets.toArray(byte[][]::new));
        for (byte[] packet : packets) {
            assertThat(peer.receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).isEqualTo(packet));
        }
        return link;
    }

    /** Runs of equal length, shorter ones between, longer ones after, and more than the kernel takes at a time. */
    private static List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>(Arrays.asList(1000, 1000, 1000, 500, 1000, 1200, 1200, 20, 20, 1200));
        for (int i = 0; i < 150; i++) {
            lengths.add(1180);
        }
        lengths.add(100);
        return lengths;
    }

    private void send(Link link, byte[]... packets) throws Exception {
        port.executor()
                .submit(() -> {
                    for (byte[] packet : packets) {
                        link.sendRtp(packet, 0, packet.length);
                    }
                    link.flush();
                })
                .get(5, TimeUnit.SECONDS);
    }

    private static byte[] rtp(int number, int length) {
        byte[] packet = new byte[length];
        Arrays.fill(packet, (byte) number);
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        Bits.put16(packet, 2, number);
        Bits.put32(packet, 8, 0x1234_5678);
        return packet;
    }
}
