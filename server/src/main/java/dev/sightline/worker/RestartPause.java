package dev.sightline.worker;

import java.time.Duration;

/**
 * How long a worker waits before its next process: not at all, unless the last five died soon after they had begun: a
 * stream that is at fault is in quarantine by then. Then 0.5 s, twice as long each time, up to 30 s. For one thread.
 */
final class RestartPause {
    static final Duration SOON = Duration.ofSeconds(2);
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int FREE = 5;

    private int shortLives;

    /** A process has died that lived for so long; how long to wait. */
    Duration afterDeath(Duration life) {
        shortLives = life.compareTo(SOON) < 0 ? shortLives + 1 : 0;
        if (shortLives <= FREE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(shortLives - FREE - 1, 6));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
