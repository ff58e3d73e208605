package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private long now = Long.MAX_VALUE - 5; // System.nanoTime may run over
    private final TokenBucket bucket = new TokenBucket(100, 300, () -> now);

    @Test
    void full_givesAllAtOnce_thenByItsRate() {
        assertThat(bucket.take(300)).isTrue();
        assertThat(bucket.take(1)).isFalse();
        assertThat(bucket.nanosUntil(1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));

        now += TimeUnit.MILLISECONDS.toNanos(20);

        assertThat(bucket.nanosUntil(2)).isZero();
        assertThat(bucket.take(2)).isTrue();
        assertThat(bucket.take(1)).isFalse();
    }

    @Test
    void longRest_fillsItToTheBrimOnly() {
        assertThat(bucket.take(300)).isTrue();
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(bucket.take(300)).isTrue();
        assertThat(bucket.take(1)).isFalse();
    }
}
