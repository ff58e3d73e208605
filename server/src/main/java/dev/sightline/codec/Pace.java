package dev.sightline.codec;

/** Measures frames per second by the frames' times: the mean over the last second or so. Used by one thread. */
final class Pace {
    private static final double ASSUMED_FPS = 30;
    /** The number of intervals for a measurement. */
    private static final int ENOUGH = 15;

    private static final double NANOS_PER_SECOND = 1e9;
    /** A longer interval is a pause of the source, which says nothing about its rate. */
    private static final double LONGEST_INTERVAL = 2 * NANOS_PER_SECOND;

    private double interval = NANOS_PER_SECOND / ASSUMED_FPS;
    private int intervals;
    private long last;

    /** Notes the time of a frame, in nanoseconds. */
    void add(long nanos) {
        double since = nanos - last;
        if (last != 0 && since > 0 && since < LONGEST_INTERVAL) {
            intervals++;
            interval += (since - interval) / Math.min(intervals, 2 * ENOUGH);
        }
        last = nanos;
    }

    /** Frames per second, 1 to 240. */
    double fps() {
        return Math.max(1, Math.min(240, NANOS_PER_SECOND / interval));
    }

    /** Whether the measured rate is far from the assumed one. */
    boolean isFarFrom(double assumedFps) {
        double ratio = fps() / assumedFps;
        return intervals >= ENOUGH && (ratio > 4 / 3.0 || ratio < 3 / 4.0);
    }

    /** Restarts the measurement from the known rate. */
    void restart() {
        intervals = 0;
    }
}
