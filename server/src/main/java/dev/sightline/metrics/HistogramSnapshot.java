package dev.sightline.metrics;

import com.fasterxml.jackson.annotation.JsonIgnoreType;
import java.util.Arrays;

/** The content of a {@link DurationHistogram} at one moment; immutable, and used only for /metrics. */
@JsonIgnoreType
public final class HistogramSnapshot {
    /** Of something that never happened. */
    public static final HistogramSnapshot EMPTY = new DurationHistogram().snapshot();

    private final long[] counts;
    private final double seconds;

    HistogramSnapshot(long[] counts, double seconds) {
        this.counts = counts;
        this.seconds = seconds;
    }

    /** The sum of this and another. */
    public HistogramSnapshot plus(HistogramSnapshot other) {
        long[] sum = counts.clone();
        Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
        return new HistogramSnapshot(sum, seconds + other.seconds);
    }

    /** The number of durations. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** The sum of the durations. */
    public double seconds() {
        return seconds;
    }

    long[] counts() {
        return counts.clone();
    }
}
