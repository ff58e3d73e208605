package dev.sightline.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The samples of one metric at one moment, distinguished by labels. Names follow Prometheus: lower case, the unit at the end
 * (seconds, bytes), and {@code _total} after that of a counter, which is added when it is written.
 */
public final class Family {
    private final Kind kind;
    private final String name;
    private final String help;
    private final Map<Labels, Double> values = new LinkedHashMap<>();
    private final Map<Labels, Distribution> histograms = new LinkedHashMap<>();

    private Family(Kind kind, String name, String help) {
        this.kind = kind;
        this.name = name;
        this.help = help;
    }

    /** A metric that only grows, without samples; {@code name} is without {@code _total}. */
    public static Family counter(String name, String help) {
        return new Family(Kind.COUNTER, name, help);
    }

    /** A metric that rises and falls, without samples. */
    public static Family gauge(String name, String help) {
        return new Family(Kind.GAUGE, name, help);
    }

    /** Counts and sums of durations, without samples. */
    public static Family histogram(String name, String help) {
        return new Family(Kind.HISTOGRAM, name, help);
    }

    /**
     * Adds a sample.
     *
     * @param labels alternating names and values, unique together
     */
    public Family add(double value, String... labels) {
        values.put(Labels.of(labels), value);
        return this;
    }

    /** Adds a histogram in the same way. */
    public Family add(HistogramSnapshot histogram, String... labels) {
        return add(histogram.distribution(), labels);
    }

    /** Adds a histogram with bounds of its own; all of a family have the same. */
    public Family add(Distribution histogram, String... labels) {
        histograms.put(Labels.of(labels), histogram);
        return this;
    }

    /** Some of its samples, by their label {@code stream}; empty if none is left of those that there were. */
    Optional<Family> only(Predicate<Optional<String>> visible) {
        Family some = new Family(kind, name, help);
        Predicate<Labels> wanted = labels -> visible.test(Optional.ofNullable(labels.get("stream")));
        values.forEach((labels, value) -> {
            if (wanted.test(labels)) {
                some.values.put(labels, value);
            }
        });
        histograms.forEach((labels, histogram) -> {
            if (wanted.test(labels)) {
                some.histograms.put(labels, histogram);
            }
        });
        boolean emptied = some.values.isEmpty() && some.histograms.isEmpty() && !visible.test(Optional.empty());
        return emptied ? Optional.empty() : Optional.of(some);
    }

    MetricSnapshot snapshot() {
        return switch (kind) {
            case COUNTER -> counterSnapshot();
            case GAUGE -> gaugeSnapshot();
            case HISTOGRAM -> histogramSnapshot();
        };
    }

    private MetricSnapshot counterSnapshot() {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> family.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        return family.build();
    }

    private MetricSnapshot gaugeSnapshot() {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> family.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return family.build();
    }

    private MetricSnapshot histogramSnapshot() {
        var family = io.prometheus.metrics.model.snapshots.HistogramSnapshot.builder()
                .name(name)
                .help(help);
        histograms.forEach((labels, histogram) -> family.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(histogram.upperBounds(), histogram.counts()))
                .sum(histogram.sum())
                .build()));
        return family.build();
    }

    /** Prometheus's type of the metric. */
    private enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }
}
