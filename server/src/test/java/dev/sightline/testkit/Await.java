package dev.sightline.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something holds, and fails with a sentence if it never does. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SHORTEST_LOOK_NANOS = 5_000_000;
    private static final long LONGEST_LOOK_NANOS = 100_000_000;

    private Await() {}

    /** Waits up to 20 s; {@code what} says what is waited for. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    /** Waits up to the given time. */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long waited = System.nanoTime() - start;
            if (waited > patience.toNanos()) {
                throw new AssertionError("waited " + patience.toSeconds() + " s in vain for: " + what);
            }
            LockSupport.parkNanos(untilNextLook(waited));
        }
    }

    /** What lasts is looked at less often: a look into a browser costs milliseconds of three processes. */
    private static long untilNextLook(long waited) {
        return Math.max(SHORTEST_LOOK_NANOS, Math.min(LONGEST_LOOK_NANOS, waited / 8));
    }
}
