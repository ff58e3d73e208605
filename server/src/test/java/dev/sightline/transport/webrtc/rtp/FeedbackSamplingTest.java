package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FeedbackSamplingTest {
    private static final long SECOND = 1_000_000_000L;

    private final FeedbackSampling sampling = new FeedbackSampling();

    @Test
    void newLine_readsAll() {
        assertThat(skipped(0, 60)).isZero();
    }

    @Test
    void calmLine_readsOneSecondInFour() {
        sampling.trouble(0);

        assertThat(skipped(0, 5)).isZero();
        assertThat(skipped(5, 45)).isEqualTo(300);
    }

    @Test
    void trouble_readsAllForFiveSeconds() {
        sampling.trouble(0);
        sampling.trouble(20 * SECOND);

        assertThat(skipped(20, 25)).isZero();
        assertThat(skipped(25, 28)).isEqualTo(30);
    }

    /** Of ten messages a second. */
    private long skipped(int from, int to) {
        return LongStream.range(from * 10L, to * 10L)
                .filter(tenth -> sampling.skips(tenth * SECOND / 10))
                .count();
    }
}
