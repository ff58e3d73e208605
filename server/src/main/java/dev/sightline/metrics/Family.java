package dev.sightline.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one kind at one moment, told apart by labels. Names follow Prometheus: lower case, the unit at the end
 * (seconds, bytes), and {@code _total} after that of a counter, which is added when it is written.
 */
public final class Family {
    private final boolean counter;
    private final String name;
    private final String help;
    private final Map<Labels, Double> values = new LinkedHashMap<>();

    private Family(boolean counter, String name, String help) {
        this.counter = counter;
        this.name = name;
        this.help = help;
    }

    /** Figures that only grow, without any yet; {@code name} is without {@code _total}. */
    public static Family counter(String name, String help) {
        return new Family(true, name, help);
    }

    /** Figures that rise and fall, without any yet. */
    public static Family gauge(String name, String help) {
        return new Family(false, name, help);
    }

    /**
     * Adds a figure.
     *
     * @param labels names and values in turn; together they are this figure's alone
     */
    public Family add(double value, String... labels) {
        values.put(Labels.of(labels), value);
        return this;
    }

    MetricSnapshot snapshot() {
        return counter ? counterSnapshot() : gaugeSnapshot();
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
}
