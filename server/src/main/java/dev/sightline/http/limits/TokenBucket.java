package dev.sightline.http.limits;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A rate, and how much of it may come at once after a time with less. Used by one thread at a time. */
public final class TokenBucket {
    private final double perNano;
    private final long most;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledNanos;

    /**
     * Full.
     *
     * @param perSecond tokens that come in a second
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

    /** Takes tokens out, if there are so many; the time is asked for only where they seem to be too few. */
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

    /** Takes tokens out though there may be too few: those who take after it wait for so many more. */
    public void spend(int wanted) {
        fill();
        tokens -= wanted;
    }

    /** Whether it holds as many as it can. */
    public boolean isFull() {
        fill();
        return tokens >= most;
    }

    /** How long it takes until there are so many; 0 if there are. */
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
