package dev.sightline.stream.wire;

import dev.sightline.metrics.HistogramSnapshot;
import java.util.Arrays;
import java.util.List;

/**
 * A histogram of durations.
 *
 * @param counts one for each bucket
 * @param seconds the sum
 */
public record Times(List<Long> counts, double seconds) {
    private static final double LONGEST = 1e9;

    static Times of(HistogramSnapshot snapshot) {
        return new Times(Arrays.stream(snapshot.counts()).boxed().toList(), snapshot.seconds());
    }

    /**
     * The same for a status.
     *
     * @throws IllegalArgumentException if that cannot be
     */
    HistogramSnapshot snapshot() {
        return HistogramSnapshot.of(counts, seconds, LONGEST);
    }
}
