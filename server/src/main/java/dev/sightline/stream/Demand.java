package dev.sightline.stream;

import java.util.concurrent.TimeUnit;

/**
 * Whether a stream's source is wanted: always, or, on demand, from the first viewer until 10 s after the last. Safe for
 * use by any thread.
 */
final class Demand {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final boolean onDemand;
    private int viewers;
    private long unwatchedSince;
    private boolean stopped;

    Demand(boolean onDemand) {
        this.onDemand = onDemand;
        this.unwatchedSince = System.nanoTime() - LINGER_NANOS;
    }

    synchronized void joined() {
        viewers++;
        notifyAll();
    }

    synchronized void left() {
        viewers--;
        unwatchedSince = System.nanoTime();
    }

    synchronized int viewers() {
        return viewers;
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean stopped() {
        return stopped;
    }

    /** Whether the source should be open now. */
    synchronized boolean wanted() {
        return !stopped && (!onDemand || viewers > 0 || System.nanoTime() - unwatchedSince < LINGER_NANOS);
    }

    /** Waits until the source is wanted, or the stream stops. */
    synchronized void awaitWanted() throws InterruptedException {
        while (!wanted() && !stopped) {
            wait();
        }
    }

    /** Waits before the next attempt; while somebody watches, never longer than {@link Backoff#LONGEST_WATCHED_MILLIS}. */
    synchronized void pause(long millis) throws InterruptedException {
        long start = System.nanoTime();
        while (!stopped) {
            long limit = viewers > 0 ? Math.min(millis, Backoff.LONGEST_WATCHED_MILLIS) : millis;
            long left = limit - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
