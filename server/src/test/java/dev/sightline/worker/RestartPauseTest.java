package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a worker waits for its next process. */
class RestartPauseTest {
    private final RestartPause pause = new RestartPause();

    @Test
    void afterDeath_ofLongLives_isNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(pause.afterDeath(RestartPause.SOON)).isZero();
        }
    }

    @Test
    void afterDeath_ofShortLives_growsFromTheSixthOn() {
        for (int i = 0; i < 5; i++) {
            assertThat(pause.afterDeath(Duration.ZERO)).isZero();
        }
        assertThat(pause.afterDeath(Duration.ZERO)).isEqualTo(RestartPause.FIRST);
        assertThat(pause.afterDeath(Duration.ZERO)).isEqualTo(RestartPause.FIRST.multipliedBy(2));
        for (int i = 0; i < 10; i++) {
            pause.afterDeath(Duration.ZERO);
        }
        assertThat(pause.afterDeath(Duration.ZERO)).isEqualTo(RestartPause.LONGEST);
        assertThat(pause.afterDeath(RestartPause.SOON)).isZero();
    }
}
