package dev.sightline.transport.webrtc.transport;

import static dev.sightline.transport.webrtc.transport.TestPort.SOON_MILLIS;
import static dev.sightline.transport.webrtc.transport.TestPort.rtp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.ice.StunMaker;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody asked for comes to the port: it is dropped and counted, and the transports do not notice. */
class StrangersIT {
    @AutoClose
    private final TestPort port = new TestPort();

    private final Heard heard = new Heard();

    @Test
    void media_replayedOrForged_isDroppedAndCounted() throws Exception {
        try (TestPeer peer = port.connected(heard)) {
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
            assertThat(port.totals().refused().replayed()).isEqualTo(1);
            assertThat(port.totals().refused().forged()).isEqualTo(1);
        }
    }

    /** What comes often is read together, and nothing is lost by that. */
    @ParameterizedTest
    @EnumSource
    void datagrams_thousandsAtOnce_areAllTaken(MediaNetwork network) throws Exception {
        assumeTrue(network != MediaNetwork.EPOLL || Epoll.isAvailable(), "Linux only");
        try (TestPort flooded = new TestPort(network, false, TestPort.PATIENCE);
                TestWire stranger = TestWire.udp(flooded.port())) {
            for (int burst = 1; burst <= 20; burst++) {
                int sent = burst * 500;
                for (int i = 0; i < 500; i++) {
                    stranger.send(new byte[100]);
                }
                Await.until(
                        sent + " are counted", () -> flooded.totals().refused().junk() == sent);
            }
        }
    }

    @Test
    void media_fromElsewhere_isJunk() throws Exception {
        try (TestPeer peer = port.connected(heard);
                TestWire elsewhere = TestWire.udp(port.port())) {
            elsewhere.send(peer.sealedRtp(rtp(1, 100)));

            Await.until("it is counted", () -> port.totals().refused().junk() == 1);
            assertThat(heard.rtp).isEmpty();
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

            Await.until("all are counted", () -> port.totals().refused().junk() == 258);
            assertThat(wire.receive(SOON_MILLIS)).isEmpty();
            assertThat(port.totals().traffic().packetsSent()).isZero();
        }
    }

    @Test
    void junk_floodOfIt_leavesTheTransportsAlone() throws Exception {
        try (TestPeer peer = port.connected(heard);
                TestWire flood = TestWire.udp(port.port())) {
            byte[] junk = new byte[200];
            for (int i = 0; i < 20_000; i++) {
                junk[0] = (byte) i;
                flood.send(junk);
                if (i % 1000 == 0) {
                    port.send(port.last(), rtp(i / 1000, 300));
                }
            }
            for (int i = 0; i < 20; i++) {
                byte[] expected = rtp(i, 300);
                assertThat(peer.receive(5_000))
                        .hasValueSatisfying(got -> assertThat(got).isEqualTo(expected));
            }
            assertThat(port.totals().refused().junk()).isPositive();
            assertThat(flood.receive(SOON_MILLIS)).isEmpty();
            assertThat(port.last().state()).isEqualTo(TransportState.CONNECTED);
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
            Await.until("all are gone", () -> port.totals().tcp().connections() == 0);
        } finally {
            for (TestWire each : many) {
                each.close();
            }
        }
    }

    /** Who opens very many takes no place from others. */
    @Test
    void tcp_strangersOfOneAddress_giveWayToEachOther() throws Exception {
        port.close();
        Timeouts patient = new Timeouts(
                TestPort.PATIENCE.connect(),
                TestPort.PATIENCE.handshake(),
                TestPort.PATIENCE.consent(),
                Duration.ofHours(1),
                TestPort.PATIENCE.look());
        List<TestWire> many = new ArrayList<>();
        try (TestPort endless = new TestPort(MediaNetwork.best(), true, patient);
                TestPeer early = new TestPeer(TestWire.tcp(InetAddress.getByName("127.0.0.2"), endless.port()))) {
            Await.until("it has come", () -> endless.totals().tcp().connections() == 1);
            for (int i = 0; i < 100; i++) {
                many.add(TestWire.tcp(endless.port()));
            }
            Await.until("some gave way", () -> endless.totals().tcp().evicted() == 37);

            assertThatThrownBy(() -> many.get(0).receive(5_000)).isInstanceOf(IOException.class);
            endless.connect(early, Optional.of(early.fingerprint()), heard);
        } finally {
            for (TestWire each : many) {
                each.close();
            }
        }
    }

    /** Each connection is one that others cannot have. */
    @Test
    void tcp_connectionsOfOneTransport_areThreeAtMost() throws Exception {
        try (TestPeer peer = new TestPeer(TestWire.tcp(port.port()))) {
            PeerTransport transport = port.connect(peer, Optional.of(peer.fingerprint()), heard);
            List<TestPeer> more = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                TestPeer another = new TestPeer(TestWire.tcp(port.port()));
                more.add(another);
                assertThat(another.check(StunMaker.request(
                                        transport.credentials().ufrag() + ":x",
                                        transport.credentials().password())
                                .bytes()))
                        .contains(StunMaker.BINDING_SUCCESS);
            }

            Await.until("three are left", () -> port.totals().tcp().connections() == 3);
            peer.send(peer.sealedRtp(rtp(9, 500)));
            assertThat(heard.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(rtp(9, 500));
            for (TestPeer each : more) {
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
}
