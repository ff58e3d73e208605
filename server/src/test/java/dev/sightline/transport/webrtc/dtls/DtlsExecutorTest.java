package dev.sightline.transport.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DtlsExecutorTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int MANY = 2 * PROCESSORS + 2;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger calculating = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void run_many_halfAsManyCalculateAsThereAreProcessors() {
        int half = Math.max(1, PROCESSORS / 2);
        try (DtlsExecutor handshakes = new DtlsExecutor(MANY)) {
            handshakes.identity();
            for (int i = 0; i < MANY; i++) {
                assertThat(handshakes.run(this::calculate)).isTrue();
            }
            Await.until("some calculate", () -> calculating.get() >= half);
            gate.countDown();
            Await.until("all are done", () -> done.get() == MANY);
            assertThat(most).hasValue(half);
        }
    }

    /** Its two sides wait for each other: with a thread for one alone, it would keep that thread from peers. */
    @Test
    void warmUp_everyPlaceIsTaken_goesOn() throws Exception {
        try (DtlsExecutor handshakes = new DtlsExecutor(MANY)) {
            handshakes.identity();
            DtlsWire silent = new DtlsWire(datagram -> {}, handshakes.turnstile());
            for (int i = 0; i < DtlsExecutor.PLACES; i++) {
                assertThat(handshakes.run(() -> awaitDatagram(silent))).isTrue();
            }
            CompletableFuture<SrtpKeyingMaterial> used = new CompletableFuture<>();

            new WarmUp(handshakes, used::complete).shake();

            assertThat(used.get(30, TimeUnit.SECONDS)).isNotNull();
            silent.end();
        }
    }

    private static void awaitDatagram(DtlsWire wire) {
        try {
            while (wire.receive(new byte[1], 0, 1, 0) < 0) {
                // none has come
            }
        } catch (IOException e) {
            // as it should in the end
        }
    }

    private void calculate() {
        most.accumulateAndGet(calculating.incrementAndGet(), Math::max);
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calculating.decrementAndGet();
        done.incrementAndGet();
    }
}
