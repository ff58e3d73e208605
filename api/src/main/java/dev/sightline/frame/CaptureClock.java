package dev.sightline.frame;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Gives capture times in nanoseconds since the Unix epoch. They are one anchor plus {@link System#nanoTime}, so they never go
 * backwards when the computer's clock is set. Safe for use by any thread.
 */
public final class CaptureClock {
    private static final int ANCHOR_READINGS = 20;
    private static final CaptureClock SYSTEM = anchored();

    private final LongSupplier nanoTime;
    private final long epochOffset;

    private CaptureClock(LongSupplier nanoTime, long epochOffset) {
        this.nanoTime = nanoTime;
        this.epochOffset = epochOffset;
    }

    /** The clock of this process. */
    public static CaptureClock system() {
        return SYSTEM;
    }

    /** A clock for tests: it starts at the given time and follows the given nanosecond counter. */
    public static CaptureClock of(LongSupplier nanoTime, long epochNanosAtStart) {
        return new CaptureClock(nanoTime, epochNanosAtStart - nanoTime.getAsLong());
    }

    /**
     * The clock of another process on this computer, where {@link System#nanoTime} counts alike for all.
     *
     * @param epochOffset what that clock adds: its {@link #ofNanoTime} of 0
     */
    public static CaptureClock ofEpochOffset(long epochOffset) {
        return new CaptureClock(System::nanoTime, epochOffset);
    }

    /** The current time in nanoseconds since the Unix epoch. */
    public long nanos() {
        return nanoTime.getAsLong() + epochOffset;
    }

    /** The capture time that belongs to a reading of {@link System#nanoTime} (on Linux CLOCK_MONOTONIC). */
    public long ofNanoTime(long nanoTimeReading) {
        return nanoTimeReading + epochOffset;
    }

    /** Converts a capture time to milliseconds with decimals, the form on every wire. */
    public static double toMillis(long captureNanos) {
        return Math.floorDiv(captureNanos, 1_000L) / 1_000.0;
    }

    /** Reads both clocks several times and uses the quickest pair, because a thread may be suspended between the two readings. */
    private static CaptureClock anchored() {
        long shortest = Long.MAX_VALUE;
        long epochOffset = 0;
        for (int i = 0; i < ANCHOR_READINGS; i++) {
            long before = System.nanoTime();
            Instant now = Instant.now();
            long took = System.nanoTime() - before;
            if (took < shortest) {
                shortest = took;
                epochOffset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - (before + took / 2);
            }
        }
        return new CaptureClock(System::nanoTime, epochOffset);
    }
}
