package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a task of a transport throws ends that transport, which leaves nothing behind, and no other. */
class PeerTransportFaultsIT {
    private static final byte[] RTCP = HexFormat.of().parseHex("81c9000712345678aabbccdd0000000000000000");

    @AutoClose
    private final TestPort port = new TestPort();

    private final Heard other = new Heard();

    private enum Call {
        CONNECTED,
        RTP,
        RTCP,
        CLOSED
    }

    @ParameterizedTest
    @EnumSource
    void listener_outOfMemory_endsItsTransportAlone(Call call) throws Exception {
        Failing failing = new Failing(call);
        try (TestPeer peer = port.connected(other);
                TestPeer unlucky = new TestPeer(TestWire.udp(port.port()))) {
            PeerTransport transport = port.open(Optional.of(unlucky.fingerprint()), failing);
            unlucky.check(transport);
            unlucky.secure(SrtpProfile.values());
            failing.connected.get(5, TimeUnit.SECONDS);
            if (call == Call.RTP) {
                unlucky.send(unlucky.sealedRtp(TestPort.rtp(1, 100)));
            } else if (call == Call.RTCP) {
                unlucky.send(unlucky.sealedRtcp(RTCP));
            } else if (call == Call.CLOSED) {
                transport.close("it is enough");
            }

            String why = failing.closed.get(5, TimeUnit.SECONDS);
            assertThat(why).isEqualTo(call == Call.CLOSED ? "it is enough" : TransportDiagnostics.FAULT);
            Await.until("nothing is left", () -> port.totals().transports().open() == 1);
            assertThat(transport.state()).isEqualTo(TransportState.CLOSED);
            assertThat(port.totals().transports().connected()).isEqualTo(1);
            peer.send(peer.sealedRtp(TestPort.rtp(9, 500)));
            assertThat(other.rtp.poll(5, TimeUnit.SECONDS)).isEqualTo(TestPort.rtp(9, 500));
        }
    }

    /** A task that is called again and again is called no more once it has thrown. */
    @Test
    void look_outOfMemory_isDoneAgain() throws Exception {
        AtomicLong ahead = new AtomicLong();
        AtomicBoolean failed = new AtomicBoolean(true);
        MediaNetwork network = MediaNetwork.best();
        try (MediaPort fragile = MediaPort.bind(TestPort.SETTINGS, network, false, TestPort.PATIENCE, () -> {
            if (!failed.getAndSet(true)) {
                throw new OutOfMemoryError("a test");
            }
            return System.nanoTime() + ahead.get();
        })) {
            fragile.open(TestPort.CLIENT, Optional.empty(), other);
            failed.set(false);
            Await.until("it was looked in vain", failed::get);

            ahead.addAndGet(Duration.ofHours(1).toNanos());

            Await.until(
                    "nobody came, which is noticed",
                    () -> fragile.totals().transports().open() == 0);
        }
    }

    /** However many ask at once, what nobody can use any more is forgotten. */
    @Test
    void restarts_manyAtOnce_leaveTwoNamesAtMost() throws Exception {
        PeerTransport transport = port.open(Optional.empty(), other);
        Set<String> names = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int k = 0; k < 2_000; k++) {
                    transport.restartIce();
                    names.add(transport.credentials().ufrag());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(names.stream().filter(name -> port.transports().named(name).isPresent()))
                .hasSizeLessThanOrEqualTo(2);
    }

    private static final class Failing implements TransportListener {
        private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final Call call;

        Failing(Call call) {
            this.call = call;
        }

        @Override
        public void onConnected() {
            connected.complete(true);
            fail(Call.CONNECTED);
        }

        @Override
        public void onRtp(byte[] packet, int offset, int length) {
            fail(Call.RTP);
        }

        @Override
        public void onRtcp(byte[] packet, int offset, int length) {
            fail(Call.RTCP);
        }

        @Override
        public void onClosed(String why) {
            closed.complete(why);
            fail(Call.CLOSED);
        }

        private void fail(Call called) {
            if (called == call) {
                throw new OutOfMemoryError("a test");
            }
        }
    }
}
