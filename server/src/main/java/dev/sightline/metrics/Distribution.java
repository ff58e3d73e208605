package dev.sightline.metrics;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a histogram has counted.
 *
 * @param bounds upper bounds, increasing
 * @param counts one for each bound, of what is above the bound before; and a last one for what is above all
 * @param sum of all that was counted
 */
public record Distribution(List<Double> bounds, List<Long> counts, double sum) {
    /**
     * Copies them.
     *
     * @throws IllegalArgumentException if there is not one count more than there are bounds
     */
    public Distribution {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(bounds.size() + " bounds and " + counts.size() + " counts");
        }
    }

    /** The same with bounds as they are kept. */
    public Distribution(double[] bounds, List<Long> counts, double sum) {
        this(DoubleStream.of(bounds).boxed().toList(), counts, sum);
    }

    /** The bounds, and the infinite one. */
    List<Double> upperBounds() {
        return DoubleStream.concat(
                        bounds.stream().mapToDouble(Double::doubleValue), DoubleStream.of(Double.POSITIVE_INFINITY))
                .boxed()
                .toList();
    }
}
