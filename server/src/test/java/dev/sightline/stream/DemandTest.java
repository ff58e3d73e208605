package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DemandTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Demand demand = new Demand(false, nanos::get);

    @Test
    void onDemand_whileNobodyWatches_needsNoSource_untilItIsSetBack() {
        assertThat(demand.wanted()).isTrue();
        demand.onDemand(true);
        assertThat(demand.wanted()).isFalse();
        demand.onDemand(false);
        assertThat(demand.wanted()).isTrue();
    }

    @Test
    void onDemand_whileSomebodyWatches_needsItForTenSecondsMore() {
        demand.joined();
        demand.onDemand(true);
        assertThat(demand.wanted()).isTrue();
        demand.left();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(demand.wanted()).isTrue();
        nanos.addAndGet(1);
        assertThat(demand.wanted()).isFalse();
    }

    @Test
    void onDemand_setBackWhileTheReaderWaits_wakesIt() {
        demand.onDemand(true);
        Thread reader = Threads.daemon(
                () -> {
                    try {
                        demand.awaitWanted();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                "reader");
        reader.start();
        Await.until("it waits", () -> reader.getState() == Thread.State.WAITING);
        demand.onDemand(false);
        Await.until("it is awake", () -> !reader.isAlive());
    }
}
