package dev.sightline.transport.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DatagramTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What comes between the handshake's end at the peer and the moment in which the media thread hears of it. */
class DtlsTest {
    @AutoClose
    private final DtlsExecutor room = new DtlsExecutor(1);

    private final LinkedBlockingQueue<Runnable> mediaThread = new LinkedBlockingQueue<>();
    private final Queue<byte[]> toPeer = new ArrayDeque<>();
    private final DtlsPeer peer = new DtlsPeer(DtlsPeer.newIdentity());
    private boolean secured;
    private boolean left;
    private final Dtls dtls = dtls(new Dtls.Owner() {
        @Override
        public void execute(Runnable task) {
            mediaThread.add(task);
        }

        @Override
        public void send(byte[] datagram) {
            toPeer.add(datagram);
        }

        @Override
        public Runnable onKeys(SrtpKeyingMaterial keys) {
            return () -> secured = true;
        }

        @Override
        public void onFailed(String why) {
            throw new AssertionError(why);
        }

        @Override
        public void onPeerLeft() {
            left = true;
        }
    });

    private Dtls dtls(Dtls.Owner owner) {
        return new Dtls(room, new PeerCertificate(Optional.empty()), Duration.ofSeconds(20), owner);
    }

    @AfterEach
    void close() {
        dtls.close();
    }

    @Test
    void goodbyeBeforeTheKeys_isHeardWithThem() throws Exception {
        peer.secure(new Wire(), SrtpProfile.values());
        assertThat(secured).isFalse();

        peer.sayGoodbye();

        runUntilSecured();
        assertThat(left).isTrue();
    }

    @Test
    void applicationDataBeforeTheKeys_hidesNoGoodbye() throws Exception {
        peer.secure(new Wire(), SrtpProfile.values());
        peer.sendApplicationData(new byte[100]);
        runUntilSecured();
        assertThat(left).isFalse();

        peer.sayGoodbye();

        assertThat(left).isTrue();
    }

    /** As where no thread, or no memory, can be had for what is sent. */
    @Test
    void handshake_outOfMemory_isToldAndCountedNoLonger() throws Exception {
        CompletableFuture<String> failure = new CompletableFuture<>();
        AtomicBoolean sent = new AtomicBoolean();
        Dtls fragile = dtls(new Dtls.Owner() {
            @Override
            public void execute(Runnable task) {
                if (!sent.getAndSet(true)) {
                    throw new OutOfMemoryError("a test");
                }
                mediaThread.add(task);
            }

            @Override
            public void send(byte[] datagram) {}

            @Override
            public Runnable onKeys(SrtpKeyingMaterial keys) {
                return () -> {};
            }

            @Override
            public void onFailed(String why) {
                failure.complete(why);
            }

            @Override
            public void onPeerLeft() {}
        });
        fragile.beClient();

        fragile.reached();

        mediaThread.take().run();
        assertThat(failure).isCompletedWithValueMatching(why -> why.contains("a test"));
        assertThat(room.running()).isZero();
    }

    /** As from FFmpeg, which checks once and then waits: the check overtakes the task that takes its description. */
    @Test
    void onlyCheckOfAPeerThatWaits_comesBeforeItsDescription_handshakeBegins() {
        dtls.reached();
        dtls.beClient();

        Await.until("a ClientHello", () -> {
            Optional.ofNullable(mediaThread.poll()).ifPresent(Runnable::run);
            return !toPeer.isEmpty();
        });
        assertThat(dtls.started()).isTrue();
    }

    private void runUntilSecured() {
        Await.until("secured", () -> {
            Optional.ofNullable(mediaThread.poll()).ifPresent(Runnable::run);
            return secured;
        });
    }

    /** The media thread runs only as far as is needed for the peer's next datagram. */
    private final class Wire implements DatagramTransport {
        @Override
        public void send(byte[] buffer, int offset, int length) {
            dtls.received(Arrays.copyOfRange(buffer, offset, offset + length), length);
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) {
            try {
                while (toPeer.isEmpty()) {
                    Runnable next = mediaThread.poll(waitMillis, TimeUnit.MILLISECONDS);
                    if (next == null) {
                        return -1;
                    }
                    next.run();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            byte[] datagram = toPeer.remove();
            System.arraycopy(datagram, 0, buffer, offset, datagram.length);
            return datagram.length;
        }

        @Override
        public int getReceiveLimit() {
            return 2048;
        }

        @Override
        public int getSendLimit() {
            return 300;
        }

        @Override
        public void close() {
            // the test closes it
        }
    }
}
