package dev.sightline.http.connection;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.TokenBucket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How many bytes a client's address may send in a second, by all its connections together: messages have their own rates
 * ({@link Traffic}), but a few of 16 MB keep memory and processors as busy as thousands of small ones. What goes beyond is
 * read later, so that the sender waits, and nobody else. Safe for use by any thread.
 */
public final class InputRates {
    private static final LongAdder DELAYS = new LongAdder();
    /** So many that nobody uses are not worth looking for. */
    private static final int FEW = 64;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private final Map<ClientAddress, Rate> rates = new HashMap<>();
    private int unused;

    /**
     * With no client.
     *
     * @param bytesPerSecond of one address; after a time with less, so many at once
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

    /** One connection less uses it. It is kept until it is full again: coming back is no way to a new one. */
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

    /** How many addresses are known. */
    synchronized int count() {
        return rates.size();
    }

    /** That of one address. */
    final class Rate {
        private final TokenBucket bytes = new TokenBucket(bytesPerSecond, bytesPerSecond, nanoTime);
        /** Guarded by the rates. */
        private int users;

        /** So many bytes were read; returns for how many nanoseconds nothing more should be, mostly 0. */
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
