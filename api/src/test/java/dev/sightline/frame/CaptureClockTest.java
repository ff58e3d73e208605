package dev.sightline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CaptureClockTest {
    private static final long EPOCH_NANOS = 1_700_000_000_123_456_789L;

    @Test
    void nanos_followsTheCounter_fromItsAnchor() {
        AtomicLong counter = new AtomicLong(-5);
        CaptureClock clock = CaptureClock.of(counter::get, EPOCH_NANOS);
        assertThat(clock.nanos()).isEqualTo(EPOCH_NANOS);
        counter.addAndGet(1_000);
        assertThat(clock.nanos()).isEqualTo(EPOCH_NANOS + 1_000);
    }

    @Test
    void ofNanoTime_givesTheTimeOfAnEarlierReading() {
        AtomicLong counter = new AtomicLong(100);
        CaptureClock clock = CaptureClock.of(counter::get, EPOCH_NANOS);
        counter.set(900);
        assertThat(clock.ofNanoTime(300)).isEqualTo(EPOCH_NANOS + 200);
    }

    @Test
    void system_isOneClock_thatTellsTheTimeAndNeverGoesBack() {
        assertThat(CaptureClock.system()).isSameAs(CaptureClock.system());
        Instant told = Instant.ofEpochSecond(0, CaptureClock.system().nanos());
        assertThat(told).isCloseTo(Instant.now(), within(Duration.ofMinutes(5)));
        long earlier = CaptureClock.system().nanos();
        for (int i = 0; i < 10_000; i++) {
            long now = CaptureClock.system().nanos();
            assertThat(now).isGreaterThanOrEqualTo(earlier);
            earlier = now;
        }
    }

    @Test
    void toMillis_keepsTheMicroseconds() {
        assertThat(CaptureClock.toMillis(EPOCH_NANOS)).isEqualTo(1_700_000_000_123.456);
        assertThat(CaptureClock.toMillis(-1)).isEqualTo(-0.001);
    }
}
