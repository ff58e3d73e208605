package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long START = 1_760_000_000_000_000_000L;

    private final Pace pace = new Pace();
    private long now = START;

    @Test
    void fps_beforeAnyPicture_isThirty() {
        assertThat(pace.fps()).isCloseTo(30, within(0.01));
        assertThat(pace.isFarFrom(10)).isFalse();
    }

    @Test
    void fps_ofAnUnevenSource_isItsMean() {
        for (int i = 0; i < 60; i++) {
            add(i % 2 == 0 ? 70 : 130);
        }
        assertThat(pace.fps()).isCloseTo(10, within(0.5));
        assertThat(pace.isFarFrom(30)).isTrue();
        assertThat(pace.isFarFrom(11)).isFalse();
    }

    @Test
    void fps_afterAPause_isWhatItWas() {
        for (int i = 0; i < 60; i++) {
            add(40);
        }
        add(60_000);
        assertThat(pace.fps()).isCloseTo(25, within(0.1));
    }

    @Test
    void isFarFrom_rightAfterRestart_waitsForEnough() {
        for (int i = 0; i < 60; i++) {
            add(100);
        }
        pace.restart();
        assertThat(pace.isFarFrom(30)).isFalse();
        assertThat(pace.fps()).isCloseTo(10, within(0.1));
    }

    private void add(long millis) {
        now += millis * 1_000_000;
        pace.add(now);
    }
}
