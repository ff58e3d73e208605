package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemporalLayerRequestsTest {
    private static final long START = 1_000_000_000_000L;

    private final TemporalLayerRequests requests = new TemporalLayerRequests();

    @Test
    void wanted_forTwoSecondsAfterTheLastRequest() {
        assertThat(requests.wanted(START)).isFalse();

        requests.add();

        assertThat(requests.wanted(START)).isTrue();
        assertThat(requests.wanted(START + TemporalLayerRequests.HELD_NANOS - 1))
                .isTrue();
        assertThat(requests.wanted(START + TemporalLayerRequests.HELD_NANOS)).isFalse();
    }

    @Test
    void wanted_whileSomebodyAsksAgain() {
        long held = TemporalLayerRequests.HELD_NANOS;
        for (int i = 0; i < 5; i++) {
            requests.add();
            assertThat(requests.wanted(START + i * held / 2)).isTrue();
        }

        assertThat(requests.wanted(START + 4 * held / 2 + held - 1)).isTrue();
        assertThat(requests.wanted(START + 4 * held / 2 + held)).isFalse();
    }
}
