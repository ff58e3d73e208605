package dev.sightline.source.ffmpeg;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Distinguishes recordings from live streams, if the server does not, by how much faster than the clock their timestamps
 * advance.
 *
 * <p>A live stream may begin with a burst: the frames since its last keyframe. It is never further ahead of the clock than
 * that, however long it runs. A recording comes as fast as the network allows. Only the first minute counts, since the clocks
 * of two computers drift apart over days. Used by one thread.
 */
final class MediaClock {
    /** The longest burst of a live stream. */
    private static final long LONGEST_BURST = TimeUnit.SECONDS.toNanos(10);

    private static final long LOOKED_AT = TimeUnit.MINUTES.toNanos(1);

    /** Timestamps further apart are a jump. */
    private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(10);

    /** An input that ended was a recording if it came this much faster than the clock: a busy computer reads slowly. */
    private static final double CLEARLY_FASTER = 1.25;

    private final long start;
    private OptionalLong first = OptionalLong.empty();
    private OptionalLong last = OptionalLong.empty();
    private long advanced;
    private long elapsed;
    private long sinceFirst;

    /**
     * Creates a clock without timestamps.
     *
     * @param start when the input was requested, as {@link System#nanoTime}
     */
    MediaClock(long start) {
        this.start = start;
    }

    /** Notes a packet's timestamp in nanoseconds, and when it was read. */
    void note(long timestamp, long now) {
        elapsed = now - start;
        sinceFirst = now - first.orElse(now);
        first = OptionalLong.of(now - sinceFirst);
        if (elapsed <= LOOKED_AT) {
            advance(timestamp - last.orElse(timestamp), timestamp);
        }
    }

    /** Frames in decoding order go back a little. */
    private void advance(long step, long timestamp) {
        boolean jump = Math.abs(step) > LONGEST_STEP;
        if (step > 0 && !jump) {
            advanced += step;
        }
        if (step > 0 || jump || last.isEmpty()) {
            last = OptionalLong.of(timestamp);
        }
    }

    /** Whether only a recording can explain the timestamps so far. */
    boolean tellsRecording() {
        return elapsed <= LOOKED_AT && advanced - elapsed > LONGEST_BURST;
    }

    /** Whether an input that has ended was a recording. */
    boolean tellsRecordingAtEnd() {
        return elapsed <= LOOKED_AT && advanced > CLEARLY_FASTER * sinceFirst;
    }
}
