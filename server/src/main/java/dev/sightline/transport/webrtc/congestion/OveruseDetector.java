package dev.sightline.transport.webrtc.congestion;

/**
 * Judges by the trend of the delay whether the line is overused (GCC section 5.4). Its threshold adapts, so that it is neither
 * deaf to a slowly growing queue nor starved by flows that fill the queue.
 */
final class OveruseDetector {
    /** A slope counts for more, the more groups it rests on. */
    private static final int MOST_GROUPS = 60;

    private static final double GAIN = 4;
    private static final double FIRST_THRESHOLD = 12.5;
    private static final double LEAST_THRESHOLD = 6;
    private static final double GREATEST_THRESHOLD = 600;
    private static final double OUTLIER = 15;
    private static final double RISE = 0.0087;
    private static final double FALL = 0.039;
    private static final double LONGEST_STEP_MILLIS = 100;
    private static final double LASTING_MILLIS = 10;

    private double threshold = FIRST_THRESHOLD;
    private LineUsage usage = LineUsage.NORMAL;
    private double slopeBefore;
    private double overMillis = -1;
    private int overGroups;
    private long updatedNanos = Long.MIN_VALUE;

    /** A group arrived that was sent so long after the one before; the slope includes it. */
    LineUsage detect(double slope, int groups, long sentApartNanos, long arrivalNanos) {
        double trend = Math.min(groups, MOST_GROUPS) * slope * GAIN;
        if (trend > threshold) {
            over(slope, sentApartNanos / 1e6);
        } else {
            overMillis = -1;
            overGroups = 0;
            usage = trend < -threshold ? LineUsage.UNDERUSED : LineUsage.NORMAL;
        }
        slopeBefore = slope;
        adapt(trend, arrivalNanos);
        return usage;
    }

    private void over(double slope, double apartMillis) {
        overMillis = overMillis < 0 ? apartMillis / 2 : overMillis + apartMillis;
        overGroups++;
        if (overMillis > LASTING_MILLIS && overGroups > 1 && slope >= slopeBefore) {
            overMillis = 0;
            overGroups = 0;
            usage = LineUsage.OVERUSED;
        }
    }

    private void adapt(double trend, long arrivalNanos) {
        double passed = updatedNanos == Long.MIN_VALUE ? 0 : (arrivalNanos - updatedNanos) / 1e6;
        updatedNanos = arrivalNanos;
        double size = Math.abs(trend);
        if (size <= threshold + OUTLIER) {
            double pace = size < threshold ? FALL : RISE;
            threshold += pace * (size - threshold) * Math.min(passed, LONGEST_STEP_MILLIS);
            threshold = Math.max(LEAST_THRESHOLD, Math.min(GREATEST_THRESHOLD, threshold));
        }
    }
}
