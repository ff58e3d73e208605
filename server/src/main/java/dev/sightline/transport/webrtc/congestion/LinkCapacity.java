package dev.sightline.transport.webrtc.congestion;

/** What the line carried when it was full: a mean of the rates at overuse, and how much they vary. In bits per second. */
final class LinkCapacity {
    private static final double WEIGHT_AT_OVERUSE = 0.05;
    private static final double WEIGHT_OF_TRAIN = 0.5;
    private static final double DEVIATIONS = 3;
    private static final double LEAST_VARIANCE = 0.4;
    private static final double GREATEST_VARIANCE = 2.5;

    private boolean known;
    private double kilobits;
    private double variance = LEAST_VARIANCE;

    /** The line was overused at this rate. */
    void overused(double bitsPerSecond) {
        add(bitsPerSecond / 1_000, WEIGHT_AT_OVERUSE);
    }

    /** A measurement gave this rate. */
    void measured(double bitsPerSecond) {
        add(bitsPerSecond / 1_000, WEIGHT_OF_TRAIN);
    }

    /** The line has changed. */
    void forget() {
        known = false;
    }

    boolean isKnown() {
        return known;
    }

    double bitsPerSecond() {
        return kilobits * 1_000;
    }

    double upperBound() {
        return known ? (kilobits + deviation()) * 1_000 : Double.POSITIVE_INFINITY;
    }

    double lowerBound() {
        return known ? Math.max(0, kilobits - deviation()) * 1_000 : 0;
    }

    private void add(double sample, double weight) {
        kilobits = known ? (1 - weight) * kilobits + weight * sample : sample;
        known = true;
        double error = kilobits - sample;
        variance = (1 - weight) * variance + weight * error * error / Math.max(kilobits, 1);
        variance = Math.max(LEAST_VARIANCE, Math.min(GREATEST_VARIANCE, variance));
    }

    private double deviation() {
        return DEVIATIONS * Math.sqrt(variance * kilobits);
    }
}
