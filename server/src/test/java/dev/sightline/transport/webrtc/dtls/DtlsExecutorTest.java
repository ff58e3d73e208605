package dev.sightline.transport.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.util.concurrent.CountDownLatch;
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
