package dev.sightline.stream;

import dev.sightline.frame.CaptureClock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The time of all streams of a server.
 *
 * @param clock gives capture times; durations are measured by its {@code nanos}
 * @param watch the one thread that notices the passing of time, and makes slates
 */
record StreamTime(CaptureClock clock, ScheduledExecutorService watch) {

    /** The process's clock, and a new thread {@code sightline-watch}. */
    static StreamTime system() {
        return of(CaptureClock.system());
    }

    /** The same with another clock. */
    static StreamTime of(CaptureClock clock) {
        return new StreamTime(
                clock, Executors.newSingleThreadScheduledExecutor(work -> Threads.daemon(work, "sightline-watch")));
    }

    /** The current time of the clock. */
    Instant now() {
        return instant(clock.nanos());
    }

    /** The instant of a time of the clock. */
    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
