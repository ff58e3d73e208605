package dev.sightline.stream.status;

import dev.sightline.metrics.HistogramSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long something took, for many frames: a histogram, and percentiles in milliseconds.
 *
 * @param histogram the same for /metrics
 * @param count of the frames
 * @param sum of their times, in milliseconds
 * @param p50 what half of them did not exceed; missing if there are none
 * @param p95 the same of 95 in 100
 * @param counts frames by time: up to 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 250, 500, 1000 and 2000 ms, and longer
 */
public record Durations(
        HistogramSnapshot histogram,
        long count,
        double sum,
        OptionalDouble p50,
        OptionalDouble p95,
        List<Long> counts) {
    /** Of no frame. */
    public static final Durations NONE = of(HistogramSnapshot.EMPTY);

    private static final double MILLIS = 1_000;

    /** Copies the list. */
    public Durations {
        counts = List.copyOf(counts);
    }

    /** Those of a histogram, from which the percentiles are estimated. */
    public static Durations of(HistogramSnapshot histogram) {
        return of(histogram, millis(histogram.quantile(0.5)), millis(histogram.quantile(0.95)));
    }

    /** Those of a histogram, with percentiles that somebody measured, in milliseconds. */
    public static Durations of(HistogramSnapshot histogram, OptionalDouble p50, OptionalDouble p95) {
        return new Durations(
                histogram,
                histogram.count(),
                rounded(histogram.seconds() * MILLIS),
                p50,
                p95,
                Arrays.stream(histogram.counts()).boxed().toList());
    }

    /** These and newer ones, whose percentiles are kept if they have any. */
    public Durations plus(Durations newer) {
        boolean known = newer.p50.isPresent();
        return of(histogram.plus(newer.histogram), known ? newer.p50 : p50, known ? newer.p95 : p95);
    }

    private static OptionalDouble millis(OptionalDouble seconds) {
        return seconds.isEmpty() ? seconds : OptionalDouble.of(rounded(seconds.getAsDouble() * MILLIS));
    }

    /** To thousandths. */
    private static double rounded(double millis) {
        return Math.rint(millis * 1_000) / 1_000;
    }
}
