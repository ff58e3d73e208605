package dev.sightline.bench.churn;

import java.util.Optional;

/**
 * The straight line that fits a series best, by least squares.
 *
 * @param slope how much it rises for each unit of time
 * @param scatter the standard deviation of the values around it
 * @param rise from the first moment to the last
 */
record Trend(double slope, double scatter, double rise) {
    private static final int FEWEST = 3;

    /**
     * Of values at increasing moments; empty for fewer than three.
     *
     * @param times in any unit, as many as there are values
     */
    static Optional<Trend> of(double[] times, double[] values) {
        int count = times.length;
        if (count < FEWEST) {
            return Optional.empty();
        }
        double meanTime = mean(times);
        double meanValue = mean(values);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            products += (times[i] - meanTime) * (values[i] - meanValue);
            squares += (times[i] - meanTime) * (times[i] - meanTime);
        }
        double slope = products / squares;
        double residuals = 0;
        for (int i = 0; i < count; i++) {
            double residual = values[i] - meanValue - slope * (times[i] - meanTime);
            residuals += residual * residual;
        }
        double scatter = Math.sqrt(residuals / (count - 2));
        return Optional.of(new Trend(slope, scatter, slope * (times[count - 1] - times[0])));
    }

    /** Whether the line rises or falls in all by no more than twice what the values scatter around it. */
    boolean withinNoise() {
        return Math.abs(rise) <= 2 * scatter;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
