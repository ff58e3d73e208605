package dev.sightline.metrics;

import com.fasterxml.jackson.annotation.JsonIgnoreType;
import java.util.Arrays;

/** What a {@link DurationHistogram} holds at one moment; immutable, and told by /metrics only. */
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

    /** This and another together. */
    public HistogramSnapshot plus(HistogramSnapshot other) {
        long[] sum = counts.clone();
        Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
        return new HistogramSnapshot(sum, seconds + other.seconds);
    }

    /** How often it happened. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** How long all of it took. */
    public double seconds() {
        return seconds;
    }

    long[] counts() {
        return counts.clone();
    }
}
