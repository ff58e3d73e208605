package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadTimeoutTest {
    private final ReadTimeout timeout = new ReadTimeout(Limits.LIVE);

    @Test
    void limit_firstTwoPictures_15s_thenFive() {
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(15));
        arrived(0);
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(15));
        arrived(1);
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void limit_slowerCamera_threeIntervals_aMinuteAtMost() {
        arrived(0);
        arrived(10);
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(30));
        arrived(11);
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(30));
        arrived(41);
        assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(60));
    }

    private void arrived(long second) {
        timeout.arrived(TimeUnit.SECONDS.toNanos(second));
    }
}
