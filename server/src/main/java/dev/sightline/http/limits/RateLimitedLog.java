package dev.sightline.http.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.refusal.Excerpt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs faults and refusals so that endless repetition, for example by a forgotten tab, cannot fill a log. A new message is
 * logged at once, at most one line per period. A repeated one is logged only after ten times, a hundred times and so on, with
 * the count; after an hour without it, it is new again. What strangers can vary is bounded: beyond a hundred different messages
 * per hour the rest share one count, and each is cut to one line. Safe for use by any thread.
 */
public final class RateLimitedLog {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int MOST_KINDS = 100;
    private static final int GROWTH = 10;
    private static final String OTHERS = "(others)";

    private final Logger log;
    private final long periodNanos;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Map<String, Count> counts = new HashMap<>();

    @GuardedBy("this")
    private long next;

    @GuardedBy("this")
    private long keptBack;

    /** Logs at most once in ten seconds. */
    public RateLimitedLog(Logger log) {
        this(log, PERIOD);
    }

    /** Logs at most once per period. */
    public RateLimitedLog(Logger log, Duration period) {
        this(log, period, System::nanoTime);
    }

    RateLimitedLog(Logger log, Duration period, LongSupplier nanoTime) {
        this.log = log;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Logs a fault with its stack trace; another fault in the same place is another message. */
    public void report(String what, Throwable fault) {
        String told = Excerpt.line(what);
        line(told, told + place(fault)).ifPresent(line -> log.error("{}", line, fault));
    }

    /** Logs something that needs no stack trace. */
    public void report(String what) {
        String told = Excerpt.line(what);
        Optional<String> line = line(told, told);
        if (line.isPresent()) {
            log.warn(line.get());
        }
    }

    /** The line to log now, if any. */
    private synchronized Optional<String> line(String what, String kind) {
        long now = nanoTime.getAsLong();
        Count count = count(kind, now);
        count.times++;
        count.lastNanos = now;
        if (count.times < count.nextTimes) {
            return Optional.empty();
        }
        if (now - next < 0) {
            keptBack++;
            return Optional.empty();
        }
        next = now + periodNanos;
        while (count.nextTimes <= count.times) {
            count.nextTimes *= GROWTH;
        }
        String times = count.times == 1 ? "" : " (" + count.times + " times so far)";
        String before = keptBack == 0 ? "" : " (and " + keptBack + " more before)";
        keptBack = 0;
        return Optional.of(what + times + before);
    }

    @GuardedBy("this")
    private Count count(String kind, long now) {
        counts.values().removeIf(each -> now - each.lastNanos > FORGOTTEN_NANOS);
        boolean full = counts.size() >= MOST_KINDS && !counts.containsKey(kind);
        return counts.computeIfAbsent(full ? OTHERS : kind, unknown -> new Count(now));
    }

    private static String place(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return " " + fault.getClass().getName() + (trace.length > 0 ? " " + trace[0] : "");
    }

    private static final class Count {
        private long times;
        private long nextTimes = 1;
        private long lastNanos;

        Count(long now) {
            lastNanos = now;
        }
    }
}
