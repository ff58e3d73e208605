package dev.sightline.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs faults at most once a period, with the number of those kept back. Safe for use by any thread. */
public final class FaultLog {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Logger log;
    private final long periodNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong keptBack = new AtomicLong();

    /** Writes to the log, at most once in ten seconds. */
    public FaultLog(Logger log) {
        this(log, PERIOD);
    }

    /** Writes to the log, at most once in the period. */
    public FaultLog(Logger log, Duration period) {
        this.log = log;
        this.periodNanos = period.toNanos();
    }

    /** Something that went wrong here, with its stack trace. */
    public void report(String what, Throwable fault) {
        if (isDue()) {
            log.error("{}{}", what, andMore(), fault);
        }
    }

    /** Something worth knowing that needs no stack trace. */
    public void report(String what) {
        if (isDue()) {
            log.warn("{}{}", what, andMore());
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + periodNanos)) {
            return true;
        }
        keptBack.incrementAndGet();
        return false;
    }

    private String andMore() {
        long count = keptBack.getAndSet(0);
        return count == 0 ? "" : " (and " + count + " more before)";
    }
}
