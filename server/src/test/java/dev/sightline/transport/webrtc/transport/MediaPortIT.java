package dev.sightline.transport.webrtc.transport;

import static dev.sightline.transport.webrtc.transport.TestPort.rtp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.net.BindException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media go both ways, over whatever carries them. */
class MediaPortIT {
    private static final byte[] RTCP = HexFormat.of().parseHex("81c9000712345678aabbccdd0000000000000000");

    @AutoClose
    private TestPort port = new TestPort();

    private final Heard heard = new Heard();

    @ParameterizedTest
    @EnumSource
    void peer_eachProfile_exchangesMediaBothWays(SrtpProfile profile) throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.of(peer.fingerprint()), heard);
            assertThat(transport.state()).isEqualTo(TransportState.WAITING);
            assertThat(peer.check(transport)).contains(StunMaker.BINDING_SUCCESS);
            assertThat(transport.state()).isEqualTo(TransportState.REACHED);

            peer.secure(profile);

            assertThat(heard.connected.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);
            port.send(transport, rtp(1, 1000), rtp(2, 1000), rtp(3, 700));
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
            assertThat(transport.figures().traffic().packetsSent()).isEqualTo(3);
            assertThat(transport.figures().traffic().packetsReceived()).isEqualTo(2);
            assertThat(port.totals().transports().connected()).isEqualTo(1);
            assertThat(port.totals().handshakes().running()).isZero();
            assertThat(transport.explanation()).startsWith("connected over UDP with 127.0.0.1 port ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mediaBeforeTheKeys_isKeptWhereThePeerIsToSendIt(boolean publishes) throws Exception {
        Heard heard = new Heard(publishes);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            peer.check(port.open(Optional.of(peer.fingerprint()), heard));
            peer.secure(() -> peer.send(rtp(1, 100)), SrtpProfile.values());
            heard.connected.get(5, TimeUnit.SECONDS);

            // Nobody's key fits it: what was kept is looked at then, the rest was thrown away before.
            Await.until(
                    "judged",
                    () -> port.totals().refused().forged()
                                    + port.totals().refused().junk()
                            == 1);
            assertThat(port.totals().refused().forged()).isEqualTo(publishes ? 1 : 0);
        }
    }

    @Test
    void peer_thatKnowsBothProfiles_getsGcm() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
            byte[] sealed = peer.sealedRtp(rtp(1, 100));

            assertThat(sealed).hasSize(100 + 16);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runs_splitByTheKernelOrHere_arriveAlike(boolean segmentation) throws Exception {
        port.close();
        port = new TestPort(MediaNetwork.best(), segmentation, TestPort.PATIENCE);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            arriveInOrder(peer, lengths());
        }
    }

    @Test
    void runs_withoutEpoll_arriveToo() throws Exception {
        port.close();
        port = new TestPort(MediaNetwork.NIO, false, TestPort.PATIENCE);
        try (TestPeer peer = new TestPeer(TestWire.udp(port.port()))) {
            arriveInOrder(peer, lengths());
        }
    }

    @Test
    void peer_overTcp_exchangesMediaBothWays() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.tcp(port.port()))) {
            PeerTransport transport = arriveInOrder(peer, lengths());
            peer.send(peer.sealedRtp(rtp(9, 500)));

            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(9, 500));
            assertThat(transport.explanation()).startsWith("connected over TCP with 127.0.0.1 port ");
            assertThat(port.totals().tcp().connections()).isEqualTo(1);
        }
        Await.until("the connection is gone", () -> port.totals().tcp().connections() == 0);
    }

    @Test
    void peer_overIpv6_isAnswered() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        port.close();
        port = new TestPort(new MediaSettings("0.0.0.0", 0, List.of(), 3, 3));
        try (TestPeer six = new TestPeer(TestWire.udp(loopback, port.port()));
                TestPeer four = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.empty(), heard);

            assertThat(six.check(transport)).contains(StunMaker.BINDING_SUCCESS);
            assertThat(four.check(transport)).contains(StunMaker.BINDING_SUCCESS);
            six.check(transport);
            six.secure(SrtpProfile.values());
            assertThat(heard.connected.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void tcp_peerThatReadsNothing_losesPacketsAndNothingPilesUp() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.tcp(port.port()))) {
            PeerTransport transport = port.connect(peer, Optional.of(peer.fingerprint()), heard);
            for (int i = 0; i < 30_000; i += 100) {
                byte[][] batch = new byte[100][];
                for (int k = 0; k < batch.length; k++) {
                    batch[k] = rtp(i + k, 1000);
                }
                port.send(transport, batch);
            }

            assertThat(transport.figures().dropped()).isPositive();
            assertThat(port.totals().unsent().tcp())
                    .isEqualTo(transport.figures().dropped());
            assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);
        }
    }

    @Test
    void bind_takenPort_saysSo() {
        assertThatThrownBy(() -> MediaPort.bind(TestPort.SETTINGS.withPort(port.port())))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("UDP port " + port.port())
                .hasMessageContaining("is taken");
        assertThatThrownBy(() -> MediaPort.bind(TestPort.SETTINGS.withHost("no.such.host.invalid")))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("unknown");
        assertThatThrownBy(() -> MediaPort.bind(TestPort.SETTINGS.withHost("192.0.2.1")))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("not an address of this computer");
    }

    @Test
    void close_ofThePort_endsAllTransports() throws Exception {
        port.open(Optional.empty(), heard);

        port.close();

        assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo("the server is closing");
    }

    private PeerTransport arriveInOrder(TestPeer peer, List<Integer> lengths) throws Exception {
        PeerTransport transport = port.connect(peer, Optional.of(peer.fingerprint()), heard);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            packets.add(rtp(i, lengths.get(i)));
        }
        port.send(transport, packets.toArray(byte[][]::new));
        for (byte[] packet : packets) {
            assertThat(peer.receive(5_000))
                    .hasValueSatisfying(got -> assertThat(got).isEqualTo(packet));
        }
        return transport;
    }

    /** Runs of equal length, shorter ones between, longer ones after, and more than the kernel takes at a time. */
    private static List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>(Arrays.asList(1000, 1000, 1000, 500, 1000, 1200, 1200, 20, 20, 1200));
        for (int i = 0; i < 150; i++) {
            lengths.add(1180);
        }
        for (int i = 0; i < 200; i++) {
            lengths.add(100);
        }
        lengths.add(30);
        return lengths;
    }
}
