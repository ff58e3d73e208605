package dev.sightline.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows guesses of passwords, without a thread that waits: an attempt that comes too soon is refused, with the time after which
 * another is judged. Rates hold for an account and address, for an address, and for an account; the last only for addresses that
 * have failed there already, so that nobody locks the owner of an account out from another address. The tables are bounded: the
 * entry that was used longest ago goes. Safe for use by any thread.
 */
final class Attempts {
    private static final int MOST_ENTRIES = 10_000;

    private final Table pairs = new Table(5, Duration.ofSeconds(10));
    private final Table addresses = new Table(20, Duration.ofSeconds(3));
    private final Table accounts = new Table(100, Duration.ofSeconds(1));
    private final LongSupplier nanoTime;

    Attempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts an attempt: empty if it may be judged, else how long to wait. */
    synchronized Optional<Duration> take(String account, String address) {
        long now = nanoTime.getAsLong();
        String pair = pair(account, address);
        boolean failedBefore = pairs.isKnown(pair, now);
        long wait = Math.max(pairs.wait(pair, now), addresses.wait(address, now));
        wait = failedBefore ? Math.max(wait, accounts.wait(account, now)) : wait;
        if (wait > 0) {
            return Optional.of(Duration.ofNanos(wait));
        }
        pairs.take(pair, now);
        addresses.take(address, now);
        accounts.take(account, now);
        return Optional.empty();
    }

    /** The last attempt was right: it does not count. */
    synchronized void succeeded(String account, String address) {
        pairs.forget(pair(account, address));
        addresses.giveBack(address);
        accounts.giveBack(account);
    }

    /** Neither has a line break: names are checked, and addresses are addresses. */
    private static String pair(String account, String address) {
        return account + "\n" + address;
    }

    /** When each key would be as if nothing had happened (the generic cell rate algorithm). */
    private static final class Table {
        private final long interval;
        private final long tolerance;

        private final Map<String, Long> due = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MOST_ENTRIES;
            }
        };

        Table(int atOnce, Duration interval) {
            this.interval = interval.toNanos();
            this.tolerance = (atOnce - 1) * this.interval;
        }

        boolean isKnown(String key, long now) {
            Long when = due.get(key);
            return when != null && when - now > 0;
        }

        long wait(String key, long now) {
            Long when = due.get(key);
            return when == null ? 0 : when - now - tolerance;
        }

        void take(String key, long now) {
            Long when = due.get(key);
            due.put(key, (when == null || when - now < 0 ? now : when) + interval);
        }

        void giveBack(String key) {
            due.computeIfPresent(key, (same, when) -> when - interval);
        }

        void forget(String key) {
            due.remove(key);
        }
    }
}
