package dev.sightline.frame;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Tells capture times: nanoseconds since the Unix epoch, from one anchor plus {@link System#nanoTime}, so that they
 * never go backwards when somebody sets the computer's clock. Safe for use by any thread.
 */
public final class CaptureClock {
    private static final CaptureClock SYSTEM = anchored();

    private final LongSupplier nanoTime;
    private final long epochOffset;

    private CaptureClock(LongSupplier nanoTime, long epochNanos) {
        this.nanoTime = nanoTime;
        this.epochOffset = epochNanos - nanoTime.getAsLong();
    }

    /** The process's one clock. */
    public static CaptureClock system() {
        return SYSTEM;
    }

    /** A clock for tests: it starts at the given time and follows the given nanosecond counter. */
    public static CaptureClock of(LongSupplier nanoTime, long epochNanosAtStart) {
        return new CaptureClock(nanoTime, epochNanosAtStart);
    }

    /** The present time in nanoseconds since the Unix epoch. */
    public long nanos() {
        return nanoTime.getAsLong() + epochOffset;
    }

    /** The capture time that belongs to a reading of {@link System#nanoTime} (on Linux CLOCK_MONOTONIC). */
    public long ofNanoTime(long nanoTimeReading) {
        return nanoTimeReading + epochOffset;
    }

    /** A capture time as the milliseconds with decimals that stand on every wire. */
    public static double toMillis(long captureNanos) {
        return Math.floorDiv(captureNanos, 1_000L) / 1_000.0;
    }

    private static CaptureClock anchored() {
        Instant now = Instant.now();
        return new CaptureClock(System::nanoTime, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }
}
