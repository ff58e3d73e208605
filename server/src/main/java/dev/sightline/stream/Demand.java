package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a stream's source is needed: always, or, on demand, from the first viewer until 10 s after the last. Safe for use by
 * any thread.
 */
final class Demand {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private boolean onDemand;

    @GuardedBy("this")
    private int viewers;

    @GuardedBy("this")
    private long unwatchedSince;

    @GuardedBy("this")
    private boolean stopped;

    Demand(boolean onDemand, LongSupplier nanoTime) {
        this.onDemand = onDemand;
        this.nanoTime = nanoTime;
        this.unwatchedSince = nanoTime.getAsLong() - LINGER_NANOS;
    }

    /** Sets whether the source is open only while somebody watches. */
    synchronized void onDemand(boolean whileWatched) {
        onDemand = whileWatched;
        notifyAll();
    }

    synchronized void joined() {
        viewers++;
        notifyAll();
    }

    synchronized void left() {
        viewers--;
        unwatchedSince = nanoTime.getAsLong();
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
        return !stopped && (!onDemand || viewers > 0 || nanoTime.getAsLong() - unwatchedSince < LINGER_NANOS);
    }

    /** Waits until the source is needed, or the stream stops. */
    synchronized void awaitWanted() throws InterruptedException {
        while (!wanted() && !stopped) {
            wait();
        }
    }

    /** Waits until the stream stops. */
    synchronized void awaitStop() throws InterruptedException {
        while (!stopped) {
            wait();
        }
    }

    /** Waits before the next attempt; while somebody watches, never longer than {@link Backoff#LONGEST_WATCHED_MILLIS}. */
    synchronized void pause(long millis) throws InterruptedException {
        long start = nanoTime.getAsLong();
        while (!stopped) {
            long limit = viewers > 0 ? Math.min(millis, Backoff.LONGEST_WATCHED_MILLIS) : millis;
            long left = limit - TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
