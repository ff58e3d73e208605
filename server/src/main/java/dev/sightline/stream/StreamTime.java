package dev.sightline.stream;

import dev.sightline.frame.CaptureClock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The time of all streams of a server.
 *
 * @param clock tells capture times, and by its {@code nanos} how long something lasts
 * @param watch the one thread that notices that time passes, and makes slates
 */
record StreamTime(CaptureClock clock, ScheduledExecutorService watch) {

    /** The process's clock, and a new thread {@code sightline-watch}. */
    static StreamTime system() {
        return new StreamTime(
                CaptureClock.system(),
                Executors.newSingleThreadScheduledExecutor(work -> Threads.daemon(work, "sightline-watch")));
    }

    /** The present, as the clock tells it. */
    Instant now() {
        return instant(clock.nanos());
    }

    /** The instant that a time of the clock stands for. */
    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
