package dev.sightline.source;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for absolute instants of {@link System#nanoTime}, so that a source with its own timing never drifts: a late frame does
 * not delay the next.
 */
public final class Pacer {
    private Pacer() {}

    /**
     * Waits until the instant; returns at once if it is past.
     *
     * @param nanoTime a reading of {@link System#nanoTime}
     */
    public static void await(long nanoTime) throws InterruptedException {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }
}
