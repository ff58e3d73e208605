package dev.sightline.http.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs faults and refusals so that those who repeat them for ever, such as a forgotten tab, cannot fill a log. What was
 * not said before is logged at once, at most one line a period; the same again only when it has come ten times, a hundred
 * times and so on, with the count. After an hour without it, it is news again. What strangers can make differ is bounded:
 * beyond a hundred different messages an hour the rest share one count, and each is cut and of one line. Safe for use by any thread.
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
    // Guarded by this.
    private final Map<String, Count> counts = new HashMap<>();
    private long next;
    private long keptBack;

    /** Writes to the log, at most once in ten seconds. */
    public RateLimitedLog(Logger log) {
        this(log, PERIOD);
    }

    /** Writes to the log, at most once in the period. */
    public RateLimitedLog(Logger log, Duration period) {
        this(log, period, System::nanoTime);
    }

    RateLimitedLog(Logger log, Duration period, LongSupplier nanoTime) {
        this.log = log;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Something that went wrong here, with its stack trace; another fault in the same place is another message. */
    public void report(String what, Throwable fault) {
        String told = Excerpt.line(what);
        line(told, told + place(fault)).ifPresent(line -> log.error("{}", line, fault));
    }

    /** Something worth knowing that needs no stack trace. */
    public void report(String what) {
        String told = Excerpt.line(what);
        Optional<String> line = line(told, told);
        if (line.isPresent()) {
            log.warn(line.get());
        }
    }

    /** What is to be logged now, if anything is. */
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
