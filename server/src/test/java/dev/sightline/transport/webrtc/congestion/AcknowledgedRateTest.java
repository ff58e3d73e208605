package dev.sightline.transport.webrtc.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcknowledgedRateTest {
    private static final long MILLI = 1_000_000;
    private static final int FRAME_MILLIS = 33;

    private final AcknowledgedRate rate = new AcknowledgedRate();

    @Test
    void fromTheStart_sixFramesAreEnough() {
        assertThat(after(0, 6)).isBetween(960_000L, 980_000L);
    }

    @Test
    void afterAGap_thatManyAreTooFew() {
        after(0, 20);

        assertThat(after(5_000, 8)).isZero();
        assertThat(after(5_000 + 8 * FRAME_MILLIS, 6)).isBetween(960_000L, 980_000L);
    }

    /** Bits per second after so many frames of 4,000 bytes; 0 if unknown. */
    private long after(long fromMillis, int frames) {
        for (int i = 0; i < frames; i++) {
            rate.arrived(4_000, (fromMillis + (long) i * FRAME_MILLIS) * MILLI);
        }
        return rate.bitsPerSecond().orElse(0);
    }
}
