package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(() -> 0.5);

    @Test
    void nextMillis_isQuickForASecond_thenDoublesUpToHalfAMinute() {
        assertThat(next(12))
                .containsExactly(250, 250, 250, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000);
    }

    @Test
    void reset_beginsAgain() {
        next(9);
        backoff.reset();
        assertThat(next(5)).containsExactly(250, 250, 250, 250, 500);
    }

    private long[] next(int count) {
        return LongStream.generate(backoff::nextMillis).limit(count).toArray();
    }
}
