package dev.sightline.stream;

/** The usual time between two frames of a source, and how long to wait for the next one. Used under its owner's lock. */
final class FramePace {
    /** A stream without a new frame for this long is stale. */
    static final long STALE_NANOS = 2_000_000_000L;
    /** For a slow source, it is this many of its usual intervals. */
    private static final int STALE_INTERVALS = 5;
    /** And twice the last interval, for a source that has just become slow. */
    private static final int STALE_LAST_INTERVALS = 2;
    /** Until a second frame gives the interval. */
    private static final long STALE_FIRST_NANOS = 5_000_000_000L;

    /** A source that is lost and back within this time shows no slate; two of its intervals, if these are longer. */
    private static final long LOST_NANOS = 1_500_000_000L;

    private static final int LOST_INTERVALS = 2;
    private static final double INTERVAL_WEIGHT = 0.1;

    private long lastShown;
    /** The usual time between two frames; 0 until it is known. */
    private double interval;
    /** The time between the last two frames. */
    private long lastInterval;
    /** Whether a frame has been shown since the source was opened. */
    private boolean measuring;
    /** Whether a frame was withheld since the last one was shown. */
    private boolean withheld;
    /** Whether frames arrived when the stream became stale, since the last one was shown. */
    private boolean heldUp;
    /** The same for the time between the last two frames. */
    private boolean heldUpBefore;

    FramePace() {}

    /** When the last frame was shown; 0 if none was. */
    long lastShown() {
        return lastShown;
    }

    /** A frame is shown. */
    void shown(long now) {
        if (measuring && !isStandstill()) {
            lastInterval = now - lastShown;
            interval = interval == 0 ? lastInterval : interval + (lastInterval - interval) * INTERVAL_WEIGHT;
        }
        measuring = true;
        lastShown = now;
        heldUpBefore = heldUp;
        heldUp = false;
        withheld = false;
    }

    /** A frame was withheld. */
    void withheld() {
        withheld = true;
    }

    /**
     * The stream becomes stale.
     *
     * @param arriving whether frames arrive
     */
    void stale(boolean arriving) {
        heldUp = arriving;
    }

    /** The source is gone; the next may have another interval. */
    void reset() {
        measuring = false;
        interval = 0;
        lastInterval = 0;
        withheld = false;
        heldUp = false;
        heldUpBefore = false;
    }

    /** After how long without a frame a stream is stale, in ns. */
    double staleLimit(boolean standstill) {
        if (interval == 0) {
            return standstill ? STALE_NANOS : STALE_FIRST_NANOS;
        }
        return Math.max(STALE_NANOS, Math.max(STALE_INTERVALS * interval, STALE_LAST_INTERVALS * lastInterval));
    }

    /** After how long without a frame a lost source is told to be lost, in ns. */
    double lostLimit() {
        return Math.max(LOST_NANOS, LOST_INTERVALS * Math.max(interval, lastInterval));
    }

    /** Whether the time since the last frame does not reflect the source's pace; a slow processor delays each frame. */
    private boolean isStandstill() {
        return withheld || heldUp && !heldUpBefore;
    }
}
