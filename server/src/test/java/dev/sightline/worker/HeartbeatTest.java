package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a process counts as silent. */
class HeartbeatTest {
    private static final long PERIOD = 100;

    private final Heartbeat heartbeat = new Heartbeat(PERIOD, 0);

    @Test
    void tick_answered_asksAgain() {
        for (long now = PERIOD; now < 50 * PERIOD; now += PERIOD) {
            assertThat(heartbeat.tick(now)).isTrue();
            heartbeat.answered();
        }
        assertThat(heartbeat.silentNanos()).isZero();
    }

    @Test
    void tick_notAnswered_countsTheSilence() {
        assertThat(heartbeat.tick(PERIOD)).isTrue();
        for (int i = 2; i <= 11; i++) {
            assertThat(heartbeat.tick(i * PERIOD)).isFalse();
        }
        assertThat(heartbeat.silentNanos()).isEqualTo(10 * PERIOD);
        heartbeat.answered();
        assertThat(heartbeat.tick(12 * PERIOD)).isTrue();
        assertThat(heartbeat.silentNanos()).isZero();
    }

    @Test
    void tick_thatComesLate_isNotTheProcessesFault() {
        heartbeat.tick(PERIOD);
        heartbeat.tick(1_000 * PERIOD);
        assertThat(heartbeat.silentNanos()).isEqualTo(2 * PERIOD);
    }
}
