package dev.sightline.metrics;

import com.fasterxml.jackson.annotation.JsonIgnoreType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The content of a {@link DurationHistogram} at one moment; immutable, and used only for /metrics. */
@JsonIgnoreType
public final class HistogramSnapshot {
    /** Of something that never happened. */
    public static final HistogramSnapshot EMPTY = new DurationHistogram().snapshot();

    /** Sums are told in thousandths of a millisecond, and rounded by whoever told them. */
    private static final double TOLERANCE_SECONDS = 0.001;

    private final long[] counts;
    private final double seconds;

    HistogramSnapshot(long[] counts, double seconds) {
        this.counts = counts;
        this.seconds = seconds;
    }

    /**
     * Of what somebody else has counted, by the same bounds.
     *
     * @param counts one for each bucket, the last for what is longer than all bounds
     * @param seconds the sum
     * @param longest upper bound of the last bucket, in seconds
     * @throws IllegalArgumentException if that cannot be; the message says why
     */
    public static HistogramSnapshot of(List<Long> counts, double seconds, double longest) {
        double[] upper = DurationHistogram.bounds();
        if (counts.size() != upper.length) {
            throw new IllegalArgumentException("counts has " + upper.length + " numbers, this one " + counts.size());
        }
        upper[upper.length - 1] = longest;
        double least = -TOLERANCE_SECONDS;
        double most = TOLERANCE_SECONDS;
        for (int i = 0; i < upper.length; i++) {
            long count = counts.get(i);
            if (count < 0) {
                throw new IllegalArgumentException("counts are at least 0");
            }
            least += i == 0 ? 0 : count * upper[i - 1];
            most += count * upper[i];
        }
        if (!(seconds >= least && seconds <= most)) {
            throw new IllegalArgumentException("sum does not fit counts");
        }
        return new HistogramSnapshot(counts.stream().mapToLong(Long::longValue).toArray(), Math.max(0, seconds));
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

    /**
     * The duration in seconds that so large a share of all does not exceed, as Prometheus estimates it: linear within a bucket, and
     * the last bound for what is longer. Empty without durations.
     *
     * @param share from 0 to 1
     */
    public OptionalDouble quantile(double share) {
        double rank = share * count();
        double[] bounds = DurationHistogram.bounds();
        long below = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double lower = i == 0 ? 0 : bounds[i - 1];
                boolean last = i == bounds.length - 1;
                return OptionalDouble.of(last ? lower : lower + (bounds[i] - lower) * (rank - below) / counts[i]);
            }
            below += counts[i];
        }
        return OptionalDouble.empty();
    }

    Distribution distribution() {
        double[] bounds = DurationHistogram.bounds();
        return new Distribution(
                Arrays.copyOf(bounds, bounds.length - 1),
                Arrays.stream(counts).boxed().toList(),
                seconds);
    }

    /** The numbers of durations, bucket by bucket; the last has those longer than all bounds. */
    public long[] counts() {
        return counts.clone();
    }
}
