package dev.sightline.http.limits;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A token bucket: a rate, and a burst after a time with less. Used by one thread at a time. */
public final class TokenBucket {
    private final double perNano;
    private final long most;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledNanos;

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens that come per second
     * @param most tokens it holds
     * @param nanoTime as {@link System#nanoTime}
     */
    public TokenBucket(long perSecond, long most, LongSupplier nanoTime) {
        this.perNano = (double) perSecond / TimeUnit.SECONDS.toNanos(1);
        this.most = most;
        this.nanoTime = nanoTime;
        this.tokens = most;
        this.filledNanos = nanoTime.getAsLong();
    }

    /** Takes tokens if there are enough; reads the clock only if they seem to be too few. */
    public boolean take(int wanted) {
        if (tokens < wanted) {
            fill();
        }
        boolean enough = tokens >= wanted;
        if (enough) {
            tokens -= wanted;
        }
        return enough;
    }

    /** Takes tokens even if there are too few: later takers wait for that many more. */
    public void spend(int wanted) {
        fill();
        tokens -= wanted;
    }

    /** Whether it is full. */
    public boolean isFull() {
        fill();
        return tokens >= most;
    }

    /** The time until there are this many; 0 if there are. */
    public long nanosUntil(int wanted) {
        fill();
        return tokens >= wanted ? 0 : (long) Math.ceil((wanted - tokens) / perNano);
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(most, tokens + (now - filledNanos) * perNano);
        filledNanos = now;
    }
}
