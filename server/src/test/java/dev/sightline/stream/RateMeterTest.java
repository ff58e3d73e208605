package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long MILLI = 1_000_000;

    private final RateMeter meter = new RateMeter();

    @Test
    void perSecond_beforeTheFirst_isZero() {
        assertThat(meter.perSecond(5_000 * MILLI)).isZero();
    }

    @Test
    void perSecond_steadyPictures_isTheirRate() {
        for (int i = 0; i < 1_000; i++) {
            meter.mark(i * 20 * MILLI);
        }
        assertThat(meter.perSecond(19_990 * MILLI)).isCloseTo(50, within(0.01));
    }

    @Test
    void perSecond_slowPictures_isTheirRateAtAnyInstant() {
        for (int i = 0; i < 4; i++) {
            meter.mark(i * 3_000 * MILLI);
        }
        for (long after = 0; after <= 3_000; after += 100) {
            assertThat(meter.perSecond((9_000 + after) * MILLI)).isCloseTo(1 / 3.0, within(0.001));
        }
    }

    @Test
    void perSecond_onePicture_isNotZero() {
        meter.mark(1_000 * MILLI);
        assertThat(meter.perSecond(1_000 * MILLI)).isCloseTo(0.5, within(0.001));
        assertThat(meter.perSecond(11_000 * MILLI)).isCloseTo(0.1, within(0.001));
    }

    @Test
    void perSecond_silence_falls() {
        meter.mark(0);
        meter.mark(100 * MILLI);
        assertThat(meter.perSecond(10_100 * MILLI)).isCloseTo(0.1, within(0.001));
    }
}
