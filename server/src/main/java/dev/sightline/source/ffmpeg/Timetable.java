package dev.sightline.source.ffmpeg;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * When each frame of a recording is due, from the frames' own times: without drift over jumps of those times and over any
 * number of repetitions. Used by one thread.
 */
final class Timetable {
    /** Times further apart are a jump in the recording, not a pause. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    /** A reader later than this does not catch up but continues from now: the computer slept, or is too slow. */
    private static final long TOO_LATE = TimeUnit.SECONDS.toNanos(1);

    private OptionalLong last = OptionalLong.empty();
    private OptionalLong lastDue = OptionalLong.empty();

    /**
     * The instant of the next frame.
     *
     * @param time the frame's own time in nanoseconds
     * @param interval the time since the previous frame if the times do not tell, in nanoseconds
     * @param now as {@link System#nanoTime}, like the result
     */
    long due(OptionalLong time, long interval, long now) {
        long due = lastDue.isPresent() ? lastDue.getAsLong() + step(time, interval) : now;
        if (now - due > TOO_LATE) {
            due = now;
        }
        last = time;
        lastDue = OptionalLong.of(due);
        return due;
    }

    /** The recording starts again: the next frame's time is unrelated to the last one's. */
    void beginAgain() {
        last = OptionalLong.empty();
    }

    private long step(OptionalLong time, long interval) {
        if (time.isEmpty() || last.isEmpty()) {
            return interval;
        }
        long step = time.getAsLong() - last.getAsLong();
        return step > 0 && step <= LONGEST_PAUSE ? step : interval;
    }
}
