package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.dtls.DtlsExecutor;
import dev.sightline.transport.webrtc.dtls.DtlsIdentity;
import dev.sightline.transport.webrtc.dtls.DtlsPeer;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More peers begin a handshake and fall silent than there are places, and each is waited for an hour: who comes is served at once. */
class SilentHandshakesIT {
    private static final Timeouts ENDLESS = new Timeouts(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            Duration.ofMillis(500));
    private static final int SILENT = DtlsExecutor.PLACES + 40;
    private static final InetAddress MANY = InetAddress.getLoopbackAddress();

    private final TestPort port = new TestPort(
            new MediaSettings("127.0.0.1", 0, List.of(), 1_000, 1_000), MediaNetwork.best(), true, ENDLESS);
    private final DtlsIdentity identity = DtlsPeer.newIdentity();
    private final List<TestPeer> peers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (TestPeer peer : peers) {
            peer.close();
        }
        port.close();
    }

    @Test
    void silentHandshakes_keepNobodyWaiting_notEvenAtTheirAddress() throws Exception {
        InetAddress elsewhere = InetAddress.getByName("192.0.2.1");
        Heard viewer = new Heard();
        TestPeer watching = connected(MANY, viewer);
        Heard slow = new Heard();
        beginAndFallSilent(elsewhere, slow);
        Heard first = new Heard();
        beginAndFallSilent(MANY, first);
        for (int i = 1; i < SILENT; i++) {
            beginAndFallSilent(MANY, new Heard());
        }
        Await.until("all have begun", () -> port.totals().handshakes().evicted() == 1 + SILENT - DtlsExecutor.PLACES);
        Await.until("the last runs too", () -> port.totals().handshakes().running() == DtlsExecutor.PLACES);

        connected(MANY, new Heard());
        connected(elsewhere, new Heard());

        assertThat(first.closed.get(5, TimeUnit.SECONDS)).isEqualTo(TransportDiagnostics.GAVE_WAY);
        assertThat(slow.closed).isNotDone();
        assertThat(viewer.closed).isNotDone();
        watching.send(watching.sealedRtp(TestPort.rtp(1, 100)));
        assertThat(viewer.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(TestPort.rtp(1, 100));
    }

    /** It begins with a byte as a handshake does, and is none. */
    @Test
    void rubbish_takesNoPlace() throws Exception {
        TestPeer peer = peer();
        PeerTransport transport = port.open(MANY, Optional.of(peer.fingerprint()), new Heard());
        peer.check(transport);
        long junk = port.totals().refused().junk();
        byte[] rubbish = new byte[100];
        for (int type = 20; type < 64; type++) {
            rubbish[0] = (byte) type;
            peer.send(rubbish);
        }

        Await.until("it is counted", () -> port.totals().refused().junk() == junk + 43);
        assertThat(port.totals().handshakes().running()).isZero();
        peer.secure(SrtpProfile.values());
        Await.until("it is connected all the same", () -> transport.state() == TransportState.CONNECTED);
    }

    private void beginAndFallSilent(InetAddress client, Heard heard) throws Exception {
        TestPeer peer = peer();
        peer.check(port.open(client, Optional.of(peer.fingerprint()), heard));
        peer.beginToSecure();
    }

    private TestPeer connected(InetAddress client, Heard heard) throws Exception {
        TestPeer peer = peer();
        peer.check(port.open(client, Optional.of(peer.fingerprint()), heard));
        peer.secure(SrtpProfile.values());
        heard.connected.get(15, TimeUnit.SECONDS);
        return peer;
    }

    private TestPeer peer() throws IOException {
        TestPeer peer = new TestPeer(TestWire.udp(port.port()), identity);
        peers.add(peer);
        return peer;
    }
}
