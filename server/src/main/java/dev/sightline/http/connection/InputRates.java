package dev.sightline.http.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.TokenBucket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How many bytes per second a client address may send, over all its connections: messages have their own rates ({@link
 * Traffic}), but a few of 16 MB keep memory and processors as busy as thousands of small ones. The excess is read later, so
 * that only its sender waits. Safe for use by any thread.
 */
public final class InputRates {
    private static final LongAdder DELAYS = new LongAdder();
    /** Up to this many unused addresses are not searched for. */
    private static final int FEW = 64;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Map<ClientAddress, Rate> rates = new HashMap<>();

    @GuardedBy("this")
    private int unused;

    /**
     * Creates rates without clients.
     *
     * @param bytesPerSecond of one address; also the burst after a time with less
     * @param nanoTime as {@link System#nanoTime}
     */
    public InputRates(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
    }

    /** How often an address had to wait. */
    public static long delays() {
        return DELAYS.sum();
    }

    /** The rate of a connection's client, which all its connections share. */
    synchronized Rate join(ClientAddress client) {
        Rate rate = rates.get(client);
        if (rate == null) {
            rate = new Rate();
            rates.put(client, rate);
        } else if (rate.users == 0) {
            unused--;
        }
        rate.users++;
        return rate;
    }

    /** Removes a connection. The rate stays until it is full again, so that reconnecting gives no new one. */
    synchronized void leave(Rate rate) {
        rate.users--;
        if (rate.users == 0) {
            unused++;
        }
        if (unused > FEW && unused > rates.size() / 2) {
            rates.values().removeIf(each -> each.users == 0 && each.isFull());
            unused = (int)
                    rates.values().stream().filter(each -> each.users == 0).count();
        }
    }

    /** The number of known addresses. */
    synchronized int count() {
        return rates.size();
    }

    /** The rate of one address. */
    final class Rate {
        private final TokenBucket bytes = new TokenBucket(bytesPerSecond, bytesPerSecond, nanoTime);
        /** Guarded by the rates. */
        private int users;

        /** Counts bytes that were read; returns for how many nanoseconds to read nothing more, mostly 0. */
        synchronized long spend(int count) {
            bytes.spend(count);
            long delay = bytes.nanosUntil(0);
            if (delay > 0) {
                DELAYS.increment();
            }
            return delay;
        }

        private synchronized boolean isFull() {
            return bytes.isFull();
        }
    }
}
