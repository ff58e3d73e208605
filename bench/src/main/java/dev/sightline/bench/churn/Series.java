package dev.sightline.bench.churn;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All samples of a run, and what they tend to. */
final class Series {
    private static final double MINUTES_PER_HOUR = 60;

    private final List<Sample> samples = new ArrayList<>();

    /** What is sampled. */
    private enum Column {
        RESIDENT("resident memory, MB", 1, sample -> sample.memory().resident()),
        HEAP_USED("heap used, MB", 1, sample -> sample.memory().heapUsed()),
        HEAP_COMMITTED("heap committed, MB", 1, sample -> sample.memory().heapCommitted()),
        THREADS("threads", 0, Sample::threads),
        FILES("descriptors", 0, Sample::files),
        TURN("longest turn, ms", 1, Sample::turn),
        VIEWERS("viewers", 0, Sample::viewers),
        SESSIONS("sessions", 0, Sample::sessions);

        private final String title;
        private final int decimals;
        private final ToDoubleFunction<Sample> value;

        Column(String title, int decimals, ToDoubleFunction<Sample> value) {
            this.title = title;
            this.decimals = decimals;
            this.value = value;
        }

        String cell(Sample sample) {
            double known = value.applyAsDouble(sample);
            return Double.isNaN(known) ? "" : number(known, decimals);
        }
    }

    private Series() {}

    /** Samples a server for so long, at the beginning and then so often. */
    static Series of(Server server, Duration length, Duration every) {
        Series series = new Series();
        long start = System.nanoTime();
        for (long at = 0; at <= length.toNanos(); at += every.toNanos()) {
            LockSupport.parkNanos(start + at - System.nanoTime());
            series.samples.add(Sample.of(server, at / (double) TimeUnit.MINUTES.toNanos(1)));
        }
        return series;
    }

    /** The most resident memory from a minute on. */
    double mostResident(double fromMinute) {
        return since(fromMinute).stream()
                .mapToDouble(sample -> sample.memory().resident())
                .max()
                .orElse(Double.NaN);
    }

    void print(PrintStream out) {
        Table table = new Table(Stream.concat(
                        Stream.of("minute"), Arrays.stream(Column.values()).map(c -> c.title))
                .toArray(String[]::new));
        for (Sample sample : samples) {
            table.row(Stream.concat(
                            Stream.of(number(sample.minutes(), 1)),
                            Arrays.stream(Column.values()).map(column -> column.cell(sample)))
                    .toArray(String[]::new));
        }
        table.print(out);
    }

    /** The line through each column from a minute on. */
    void printTrends(double fromMinute, PrintStream out) {
        List<Sample> later = since(fromMinute);
        Table table = new Table("from minute " + number(fromMinute, 0) + " on", "an hour", "rise", "scatter", "");
        for (Column column : Column.values()) {
            trend(column, later)
                    .ifPresent(trend -> table.row(
                            column.title,
                            number(trend.slope(), 1),
                            number(trend.rise(), 1),
                            number(trend.scatter(), 1),
                            trend.withinNoise() ? "within noise" : trend.rise() > 0 ? "RISES" : "falls"));
        }
        table.print(out);
    }

    private static Optional<Trend> trend(Column column, List<Sample> samples) {
        double[] values = samples.stream().mapToDouble(column.value).toArray();
        double[] hours = samples.stream()
                .mapToDouble(sample -> sample.minutes() / MINUTES_PER_HOUR)
                .toArray();
        return Trend.of(hours, values).filter(trend -> !Double.isNaN(trend.slope()));
    }

    private List<Sample> since(double minute) {
        return samples.stream().filter(sample -> sample.minutes() >= minute).toList();
    }
}
