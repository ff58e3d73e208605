package dev.sightline.transport.webrtc.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What comes between the handshake's end at the peer and the moment in which the media thread hears of it. */
class DtlsTest {
    @AutoClose
    private final DtlsExecutor room = new DtlsExecutor(1);

    private final LinkedBlockingQueue<Runnable> mediaThread = new LinkedBlockingQueue<>();
    private final Queue<byte[]> toPeer = new ArrayDeque<>();
    private boolean secured;
    private boolean left;
    private final Dtls dtls = new Dtls(
            room,
            new PeerCertificate(Optional.empty()),
            Duration.ofSeconds(20),
            mediaThread::add,
            toPeer::add,
            new Dtls.Owner() {
                @Override
                public void onSecured(SrtpSender sender, SrtpReceiver receiver) {
                    secured = true;
                }

                @Override
                public void onFailed(String why) {
                    throw new AssertionError(why);
                }

                @Override
                public void onPeerLeft() {
                    left = true;
                }
            },
            new Counters());

    @Test
    void goodbyeBeforeTheKeys_isHeardWithThem() throws Exception {
        try (TestPeer peer = new TestPeer(new Wire())) {
            peer.secure(SrtpProfile.values());
            assertThat(secured).isFalse();

            peer.sayGoodbye();

            runUntilSecured();
            assertThat(left).isTrue();
        }
    }

    @Test
    void applicationDataBeforeTheKeys_hidesNoGoodbye() throws Exception {
        try (TestPeer peer = new TestPeer(new Wire())) {
            peer.secure(SrtpProfile.values());
            peer.sendApplicationData(new byte[100]);
            runUntilSecured();
            assertThat(left).isFalse();

            peer.sayGoodbye();

            assertThat(left).isTrue();
        }
    }

    /** As where no thread, or no memory, can be had for what is sent. */
    @Test
    void handshake_outOfMemory_isToldAndCountedNoLonger() throws Exception {
        Counters counters = new Counters();
        CompletableFuture<String> failure = new CompletableFuture<>();
        AtomicBoolean sent = new AtomicBoolean();
        Executor media = task -> {
            if (!sent.getAndSet(true)) {
                throw new OutOfMemoryError("a test");
            }
            task.run();
        };
        Dtls fragile = new Dtls(
                room,
                new PeerCertificate(Optional.empty()),
                Duration.ofSeconds(20),
                media,
                datagram -> {},
                new Dtls.Owner() {
                    @Override
                    public void onSecured(SrtpSender sender, SrtpReceiver receiver) {}

                    @Override
                    public void onFailed(String why) {
                        failure.complete(why);
                    }

                    @Override
                    public void onPeerLeft() {}
                },
                counters);
        fragile.beClient();

        fragile.reached();

        assertThat(failure.get(5, TimeUnit.SECONDS)).contains("a test");
        assertThat(counters.handshakesRunning.value()).isZero();
    }

    private void runUntilSecured() {
        Await.until("secured", () -> {
            Optional.ofNullable(mediaThread.poll()).ifPresent(Runnable::run);
            return secured;
        });
    }

    /** The media thread runs only as far as is needed for the peer's next datagram. */
    private final class Wire implements TestWire {
        @Override
        public void send(byte[] packet) {
            dtls.received(Arrays.copyOf(packet, packet.length), packet.length);
        }

        @Override
        public Optional<byte[]> receive(int millis) {
            try {
                while (toPeer.isEmpty()) {
                    Runnable next = mediaThread.poll(millis, TimeUnit.MILLISECONDS);
                    if (next == null) {
                        return Optional.empty();
                    }
                    next.run();
                }
                return Optional.of(toPeer.remove());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            dtls.close();
        }
    }
}
