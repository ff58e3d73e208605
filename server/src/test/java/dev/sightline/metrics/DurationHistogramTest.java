package dev.sightline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {
    @Test
    void record_countsByBounds_andSums() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.record(TimeUnit.MICROSECONDS.toNanos(500)); // a bound belongs to its bucket
        histogram.record(TimeUnit.MICROSECONDS.toNanos(501));
        histogram.record(TimeUnit.MILLISECONDS.toNanos(30));
        histogram.record(TimeUnit.SECONDS.toNanos(5));

        HistogramSnapshot once = histogram.snapshot();
        HistogramSnapshot twice = once.plus(once);

        assertThat(once.count()).isEqualTo(4);
        assertThat(once.seconds()).isCloseTo(5.031001, within(1e-9));
        assertThat(twice.count()).isEqualTo(8);
        assertThat(twice.seconds()).isCloseTo(10.062002, within(1e-9));
        assertThat(page(once))
                .contains("time_seconds_bucket{step=\"1\",le=\"5.0E-4\"} 1")
                .contains("time_seconds_bucket{step=\"1\",le=\"0.001\"} 2")
                .contains("time_seconds_bucket{step=\"1\",le=\"0.02\"} 2")
                .contains("time_seconds_bucket{step=\"1\",le=\"0.04\"} 3")
                .contains("time_seconds_bucket{step=\"1\",le=\"+Inf\"} 4")
                .contains("time_seconds_count{step=\"1\"} 4")
                .contains("time_seconds_sum{step=\"1\"} 5.031001");
    }

    private static String page(HistogramSnapshot snapshot) {
        Metrics metrics = new Metrics();
        metrics.add(() -> List.of(Family.histogram("time_seconds", "How long.").add(snapshot, "step", "1")));
        return new String(metrics.read("text/plain").text(), StandardCharsets.UTF_8);
    }
}
