package dev.sightline.bench.churn;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * All samples of a run, and what they tend to.
 *
 * @param samples in their order
 */
record Series(List<Sample> samples) {
    private static final double MINUTES_PER_HOUR = 60;

    /** Samples a server for so long, at the beginning and then so often; each is printed at once, in a line for {@link #read}. */
    static Series of(Sampler sampler, Duration length, Duration every, PrintStream out) {
        List<Sample> samples = new ArrayList<>();
        long start = System.nanoTime();
        for (long at = 0; at <= length.toNanos(); at += every.toNanos()) {
            LockSupport.parkNanos(start + at - System.nanoTime());
            Sample sample = sampler.next(at / (double) TimeUnit.MINUTES.toNanos(1));
            samples.add(sample);
            out.println(sample.line());
        }
        return new Series(samples);
    }

    /** What a run has printed so far. */
    static Series read(Path log) throws IOException {
        return new Series(Files.readAllLines(log).stream()
                .flatMap(line -> Sample.read(line).stream())
                .toList());
    }

    /** The most resident memory from a minute on. */
    double mostResident(double fromMinute) {
        return since(fromMinute).stream()
                .mapToDouble(sample -> sample.of(Column.RESIDENT))
                .max()
                .orElse(Double.NaN);
    }

    /** A row for so many minutes each, with the medians of their samples; the first row is the first sample. */
    void print(double minutes, PrintStream out) {
        Table table = new Table(Stream.concat(
                        Stream.of("minute"), Arrays.stream(Column.values()).map(Column::title))
                .toArray(String[]::new));
        double last = samples.isEmpty() ? -1 : samples.get(samples.size() - 1).minutes();
        for (double end = 0; end - minutes < last; end += minutes) {
            double to = end;
            List<Sample> row = samples.stream()
                    .filter(sample -> sample.minutes() > to - minutes && sample.minutes() <= to)
                    .toList();
            if (!row.isEmpty()) {
                table.row(row(to, row));
            }
        }
        table.print(out);
    }

    private static String[] row(double minute, List<Sample> samples) {
        return Stream.concat(
                        Stream.of(number(minute, minute % 1 == 0 ? 0 : 1)),
                        Arrays.stream(Column.values()).map(column -> cell(column, samples)))
                .toArray(String[]::new);
    }

    private static String cell(Column column, List<Sample> samples) {
        double[] sorted = samples.stream()
                .mapToDouble(sample -> sample.of(column))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? "" : number(sorted[(sorted.length - 1) / 2], column.decimals());
    }

    /** The line through each column from a minute on. */
    void printTrends(double fromMinute, PrintStream out) {
        List<Sample> later = since(fromMinute);
        Table table = new Table("from minute " + number(fromMinute, 0) + " on", "an hour", "rise", "scatter", "");
        for (Column column : Column.values()) {
            trend(column, later)
                    .ifPresent(trend -> table.row(
                            column.title(),
                            number(trend.slope(), decimals(column)),
                            number(trend.rise(), decimals(column)),
                            number(trend.scatter(), decimals(column)),
                            trend.withinNoise() ? "within noise" : trend.rise() > 0 ? "RISES" : "falls"));
        }
        table.print(out);
    }

    private static int decimals(Column column) {
        return Math.max(1, column.decimals());
    }

    private static Optional<Trend> trend(Column column, List<Sample> samples) {
        List<Sample> known = samples.stream()
                .filter(sample -> !Double.isNaN(sample.of(column)))
                .toList();
        return Trend.of(
                known.stream()
                        .mapToDouble(sample -> sample.minutes() / MINUTES_PER_HOUR)
                        .toArray(),
                known.stream().mapToDouble(sample -> sample.of(column)).toArray());
    }

    private List<Sample> since(double minute) {
        return samples.stream().filter(sample -> sample.minutes() >= minute).toList();
    }
}
