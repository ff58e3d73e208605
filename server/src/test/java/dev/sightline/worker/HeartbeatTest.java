package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.worker.CpuTimes.OfThread;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a process counts as silent. */
class HeartbeatTest {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);
    private static final OfThread ASLEEP = new OfThread(false, 500, 700);

    private Map<String, OfThread> threads = Map.of("1", ASLEEP, "2", ASLEEP);
    private long now;
    private final Heartbeat heartbeat = new Heartbeat(PERIOD, 0, () -> new CpuTimes(threads));

    private boolean tick() {
        now += PERIOD;
        return heartbeat.tick(now);
    }

    private void ticks(int number) {
        for (int i = 0; i < number; i++) {
            assertThat(tick()).isFalse();
        }
    }

    @Test
    void tick_answered_asksAgain() {
        for (int i = 0; i < 50; i++) {
            assertThat(tick()).isTrue();
            heartbeat.answered();
        }
        assertThat(heartbeat.silentNanos()).isZero();
    }

    @Test
    void tick_notAnswered_countsTheSilence() {
        assertThat(tick()).isTrue();
        ticks(10);
        assertThat(heartbeat.silentNanos()).isEqualTo(10 * PERIOD);
        heartbeat.answered();
        assertThat(tick()).isTrue();
        assertThat(heartbeat.silentNanos()).isZero();
    }

    @Test
    void tick_thatComesLate_isNotTheProcessesFault() {
        tick();
        heartbeat.tick(now + 1_000 * PERIOD);
        assertThat(heartbeat.silentNanos()).isEqualTo(2 * PERIOD);
    }

    @Test
    void tick_threadsRanAndDidNotAnswer_countsAll() {
        tick();
        for (int i = 1; i <= 10; i++) {
            threads = Map.of("1", ASLEEP, "2", new OfThread(true, i * PERIOD, 700));
            ticks(1);
        }
        assertThat(heartbeat.silentNanos()).isEqualTo(10 * PERIOD);
    }

    @Test
    void tick_threadWaitedForTheCpu_getsThatTimeBack() {
        tick();
        ticks(1);
        for (int i = 1; i <= 9; i++) {
            threads = Map.of("1", new OfThread(true, 500 + i, 700 + i * PERIOD * 3 / 4), "2", ASLEEP);
            ticks(1);
        }
        assertThat(heartbeat.silentNanos()).isEqualTo(10 * PERIOD - 9 * PERIOD * 3 / 4);
    }

    @Test
    void tick_threadStillWaits_countsBeforeTheSystemSaysSo_andOnlyOnce() {
        tick();
        threads = Map.of("1", new OfThread(true, 500, 700));
        ticks(10);
        assertThat(heartbeat.silentNanos()).as("all but up to the first look").isEqualTo(PERIOD);

        threads = Map.of("1", new OfThread(false, 600, 700 + 9 * PERIOD));
        ticks(1);
        assertThat(heartbeat.silentNanos()).isEqualTo(2 * PERIOD);
        ticks(3);
        assertThat(heartbeat.silentNanos()).isEqualTo(5 * PERIOD);
    }

    @Test
    void tick_stoppedAfterItWaited_countsFromThereOn() {
        tick();
        threads = Map.of("1", new OfThread(true, 500, 700));
        ticks(20);
        threads = Map.of("1", new OfThread(false, 500, 700 + 19 * PERIOD));
        ticks(10);
        assertThat(heartbeat.silentNanos()).isEqualTo(11 * PERIOD);
    }

    @Test
    void tick_waitsForEver_endsAtTheBound() {
        tick();
        threads = Map.of("1", new OfThread(true, 500, 700));
        ticks(1_000);
        assertThat(heartbeat.silentNanos()).isEqualTo(1_000 * PERIOD - Heartbeat.MOST_WAIT_NANOS);
    }

    @Test
    void answered_afterAWait_givesNothingToTheNextSilence() {
        tick();
        threads = Map.of("1", new OfThread(true, 500, 700));
        ticks(20);
        threads = Map.of("1", new OfThread(false, 501, 700 + 20 * PERIOD));
        heartbeat.answered();
        tick();
        ticks(10);
        assertThat(heartbeat.silentNanos()).isEqualTo(10 * PERIOD);
    }

    @Test
    void times_ofThisProcess_knowItsThreads() {
        CpuTimes times = CpuTimes.of(ProcessHandle.current().pid());
        if (!times.threads().isEmpty()) { // Linux, and a kernel that counts
            assertThat(times.threads().values()).anyMatch(OfThread::runnable).anyMatch(thread -> thread.ranNanos() > 0);
        }
        assertThat(CpuTimes.of(Integer.MAX_VALUE).threads()).isEmpty();
    }
}
