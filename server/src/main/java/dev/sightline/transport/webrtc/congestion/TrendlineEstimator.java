package dev.sightline.transport.webrtc.congestion;

/**
 * How steeply the one-way delay rises: the slope of a line through the smoothed delays of the last 20 groups of packets, as
 * libwebrtc's trendline filter has it.
 */
final class TrendlineEstimator {
    private static final int GROUPS = 20;
    private static final double SMOOTHING = 0.9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final double[] arrivals = new double[GROUPS];
    private final double[] delays = new double[GROUPS];
    private int groups;
    private long firstArrivalNanos;
    private double queuedMillis;
    private double smoothedMillis;

    /** A group arrived, which took so much longer than the one before. */
    void add(long arrivalNanos, long longerNanos) {
        if (groups == 0) {
            firstArrivalNanos = arrivalNanos;
        }
        queuedMillis += longerNanos / NANOS_PER_MILLI;
        smoothedMillis = SMOOTHING * smoothedMillis + (1 - SMOOTHING) * queuedMillis;
        int at = groups % GROUPS;
        arrivals[at] = (arrivalNanos - firstArrivalNanos) / NANOS_PER_MILLI;
        delays[at] = smoothedMillis;
        groups++;
    }

    /** How many groups were compared so far. */
    int groups() {
        return groups;
    }

    /** Milliseconds of delay gained in a millisecond; 0 until there are enough groups. */
    double slope() {
        if (groups < GROUPS) {
            return 0;
        }
        double meanArrival = mean(arrivals);
        double meanDelay = mean(delays);
        double above = 0;
        double below = 0;
        for (int i = 0; i < GROUPS; i++) {
            double x = arrivals[i] - meanArrival;
            above += x * (delays[i] - meanDelay);
            below += x * x;
        }
        return below == 0 ? 0 : above / below;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
