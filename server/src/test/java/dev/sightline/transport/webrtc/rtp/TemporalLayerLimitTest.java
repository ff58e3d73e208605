package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TemporalLayerLimitTest {
    private static final long MS = 1_000_000L;
    private static final double NEEDED = 100_000;

    private final TemporalLayerLimit limit = new TemporalLayerLimit();
    private long now = 5_000 * MS;

    @Test
    void nothingKnown_isAllLayers() {
        limit.judge(NEEDED, OptionalLong.empty(), now);

        assertThat(limit.highest()).isEqualTo(TemporalLayerLimit.HIGHEST);
    }

    @Test
    void lineThatCarriesLess_getsFewerAtOnce() {
        carries(99_000);
        assertThat(limit.highest()).isEqualTo(1);

        carries(50_000);
        assertThat(limit.highest()).isZero();
    }

    @Test
    void lineThatCarriesNearlyNothing_keepsTheBaseLayer() {
        carries(1_000);

        assertThat(limit.highest()).isZero();
    }

    @Test
    void roomForMore_isUsedLayerByLayer_afterASecondEach() {
        carries(20_000);

        pass(900, 200_000);
        assertThat(limit.highest()).isZero();
        pass(200, 200_000);
        assertThat(limit.highest()).isEqualTo(1);
        pass(1_100, 200_000);
        assertThat(limit.highest()).isEqualTo(2);
    }

    @Test
    void roomThatIsScarce_isNotUsed() {
        carries(20_000);

        pass(10_000, 66_000);

        assertThat(limit.highest()).isZero();
    }

    private void pass(int millis, long bitsPerSecond) {
        for (int i = 0; i < millis; i += 50) {
            now += 50 * MS;
            carries(bitsPerSecond);
        }
    }

    private void carries(long bitsPerSecond) {
        limit.judge(NEEDED, OptionalLong.of(bitsPerSecond), now);
    }
}
