package dev.sightline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramSnapshotTest {
    private static final Path PLAYER = Path.of("src/main/resources/dev/sightline/admin/web/player/histogram.js");

    @Test
    void of_whatSomebodyCounted_isAsIfItWereRecordedHere() {
        DurationHistogram here = new DurationHistogram();
        here.record(30_000_000);
        here.record(5_000_000_000L);
        HistogramSnapshot told = HistogramSnapshot.of(counts(6, 1, 13, 1), 5.03, 60);
        assertThat(told.counts()).isEqualTo(here.snapshot().counts());
        assertThat(told.seconds()).isCloseTo(here.snapshot().seconds(), within(1e-9));
    }

    /** In bucket 6 there is what takes 20 to 40 ms. */
    @ParameterizedTest
    @CsvSource({"0.398", "0.802", "-1", "NaN", "Infinity"})
    void of_sumThatCannotBe_isRefused(double seconds) {
        HistogramSnapshot.of(counts(6, 20), 0.4, 60);
        HistogramSnapshot.of(counts(6, 20), 0.8, 60);
        assertThatThrownBy(() -> HistogramSnapshot.of(counts(6, 20), seconds, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sum does not fit counts");
    }

    @Test
    void of_countsThatCannotBe_isRefused() {
        assertThatThrownBy(() -> HistogramSnapshot.of(List.of(1L), 0, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts has 14 numbers, this one 1");
        assertThatThrownBy(() -> HistogramSnapshot.of(counts(0, -1), 0, 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts are at least 0");
    }

    @Test
    void quantile_isLinearWithinItsBucket_andTheLastBoundBeyondIt() {
        HistogramSnapshot twenty = HistogramSnapshot.of(counts(0, 10, 6, 10), 0.3, 60);
        assertThat(twenty.quantile(0.5)).hasValue(0.0005);
        assertThat(twenty.quantile(0.75).orElseThrow()).isCloseTo(0.03, within(1e-9));
        assertThat(twenty.quantile(1)).hasValue(0.04);
        assertThat(HistogramSnapshot.of(counts(13, 1), 9, 60).quantile(0.5)).hasValue(2);
        assertThat(HistogramSnapshot.EMPTY.quantile(0.5)).isEmpty();
    }

    @Test
    void bounds_areThoseOfThePlayer() throws IOException {
        String list = Pattern.compile("BOUNDS = \\[([^]]+)]")
                .matcher(Files.readString(PLAYER))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        double[] millis = Arrays.stream(list.replace("_", "").split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] bounds = DurationHistogram.bounds();
        assertThat(Arrays.stream(bounds, 0, bounds.length - 1).map(bound -> bound * 1_000))
                .hasSameSizeAs(millis);
        for (int i = 0; i < millis.length; i++) {
            assertThat(millis[i]).isCloseTo(bounds[i] * 1_000, within(1e-9));
        }
    }

    /** Alternating buckets and counts. */
    private static List<Long> counts(int... pairs) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(14, 0L));
        for (int i = 0; i < pairs.length; i += 2) {
            counts.set(pairs[i], (long) pairs[i + 1]);
        }
        return counts;
    }
}
