package dev.sightline.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double[] HOURS =
            IntStream.range(0, 60).mapToDouble(i -> 5 + i / 120.0).toArray();

    @Test
    void of_straightLine_itsSlopeAndNoScatter() {
        Trend trend = Trend.of(HOURS, values(hour -> 300 + 40 * hour)).orElseThrow();
        assertThat(trend.slope()).isCloseTo(40, within(1e-9));
        assertThat(trend.scatter()).isCloseTo(0, within(1e-9));
        assertThat(trend.rise()).isCloseTo(40 * 59 / 120.0, within(1e-9));
        assertThat(trend.withinNoise()).isFalse();
    }

    @Test
    void of_sawtooth_scatterAroundALevelLine() {
        double[] values = IntStream.range(0, 60).mapToDouble(i -> 300 + i % 2).toArray();
        Trend trend = Trend.of(HOURS, values).orElseThrow();
        assertThat(trend.scatter()).isCloseTo(0.5, within(0.02));
        assertThat(trend.withinNoise()).isTrue();
    }

    @Test
    void withinNoise_riseAsLargeAsTheScatter_andFourTimes() {
        Random random = new Random(1);
        assertThat(Trend.of(HOURS, values(hour -> 20 * hour + 10 * random.nextGaussian()))
                        .orElseThrow()
                        .withinNoise())
                .isTrue();
        assertThat(Trend.of(HOURS, values(hour -> -80 * hour + 10 * random.nextGaussian()))
                        .orElseThrow()
                        .withinNoise())
                .isFalse();
    }

    @Test
    void of_fewerThanThree_empty() {
        assertThat(Trend.of(new double[] {1, 2}, new double[] {1, 2})).isEmpty();
    }

    private static double[] values(DoubleUnaryOperator line) {
        return Arrays.stream(HOURS).map(line).toArray();
    }
}
