package dev.sightline.source.ffmpeg;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait for the next frame: as long as the limits say, or three times the longest interval so far, up to a minute.
 * Used by one thread.
 */
public final class ReadTimeout {
    private static final int INTERVALS = 3;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private final Limits limits;
    private int pictures;
    private long last;
    private long slowest;

    /** Uses the limits for the first two frames and any further one. */
    public ReadTimeout(Limits limits) {
        this.limits = limits;
    }

    /** How long to wait now. */
    public Duration limit() {
        if (pictures < 2) {
            return limits.first();
        }
        return Duration.ofNanos(Math.max(limits.read().toNanos(), Math.min(LONGEST, INTERVALS * slowest)));
    }

    /** A frame came, at a reading of {@link System#nanoTime}. */
    public void arrived(long nanoTime) {
        slowest = pictures == 0 ? 0 : Math.max(slowest, nanoTime - last);
        last = nanoTime;
        pictures++;
    }
}
