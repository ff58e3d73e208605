package dev.sightline.source.ffmpeg;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Says at which instant each picture of a recording is due, from the pictures' own times: instants add up without drift
 * over jumps of those times and over any number of beginnings. Used by one thread.
 */
final class Timetable {
    /** Times further apart are a jump in the recording, not a pause. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    /** Whoever is later than this does not catch up but goes on from now: the computer slept, or is too slow. */
    private static final long TOO_LATE = TimeUnit.SECONDS.toNanos(1);

    private OptionalLong last = OptionalLong.empty();
    private OptionalLong lastDue = OptionalLong.empty();

    /**
     * The instant of the next picture.
     *
     * @param time the picture's own time in nanoseconds
     * @param interval how long after the picture before it comes where their times do not tell, in nanoseconds
     * @param now as {@link System#nanoTime} tells it; so does the answer
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

    /** Says that the recording begins again: the next picture's time has nothing to do with the last one's. */
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
