package dev.sightline.source.ffmpeg;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Tells a recording from a live stream, where the server does not, by how much faster than the clock its timestamps advance.
 *
 * <p>A live stream may begin with a burst: what came since its last keyframe. It is never further ahead of the clock than that,
 * however long it runs. A recording comes as fast as the network carries it. Only the first minute is looked at, since the clocks of
 * two computers drift apart in days. Used by one thread.
 */
final class MediaClock {
    /** No burst of a live stream is longer. */
    private static final long LONGEST_BURST = TimeUnit.SECONDS.toNanos(10);

    private static final long LOOKED_AT = TimeUnit.MINUTES.toNanos(1);

    /** Timestamps further apart are a jump. */
    private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(10);

    /** How much faster than the clock an input must have come that ended, to be a recording: a busy computer reads slowly. */
    private static final double CLEARLY_FASTER = 1.25;

    private final long start;
    private OptionalLong first = OptionalLong.empty();
    private OptionalLong last = OptionalLong.empty();
    private long advanced;
    private long elapsed;
    private long sinceFirst;

    /**
     * A clock that has seen no timestamp.
     *
     * @param start when the input was asked for, as {@link System#nanoTime} tells it
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

    /** Pictures that are decoded in another order than shown go back a little. */
    private void advance(long step, long timestamp) {
        boolean jump = Math.abs(step) > LONGEST_STEP;
        if (step > 0 && !jump) {
            advanced += step;
        }
        if (step > 0 || jump || last.isEmpty()) {
            last = OptionalLong.of(timestamp);
        }
    }

    /** Whether what was read so far can only come from a recording. */
    boolean tellsRecording() {
        return elapsed <= LOOKED_AT && advanced - elapsed > LONGEST_BURST;
    }

    /** Whether an input that has ended now was a recording. */
    boolean tellsRecordingAtEnd() {
        return elapsed <= LOOKED_AT && advanced > CLEARLY_FASTER * sinceFirst;
    }
}
