package dev.sightline.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * How long a process has been kept from working since it was asked something, because others had the CPU: the longest wait among
 * its threads. One that is stopped, sleeps or runs does not wait.
 */
final class CpuWait {
    private final Map<String, Seen> threads = new HashMap<>();
    private long nanos;

    /**
     * @param waitedAtFirst what the thread had waited when it was first seen
     * @param ran what it had run when it was last seen
     * @param since since when it has not run
     */
    private record Seen(long waitedAtFirst, long ran, long since) {}

    /** It has answered. */
    void reset() {
        threads.clear();
        nanos = 0;
    }

    /** Looks again; the first time only what it finds. */
    void look(CpuTimes times, long nowNanos) {
        times.threads().forEach((id, now) -> {
            Seen seen = threads.getOrDefault(id, new Seen(now.waitedNanos(), now.ranNanos(), nowNanos));
            boolean waits = now.runnable() && now.ranNanos() == seen.ran();
            Seen next = new Seen(seen.waitedAtFirst(), now.ranNanos(), waits ? seen.since() : nowNanos);
            threads.put(id, next);
            // What it waits now is counted by the system only when it is over.
            nanos = Math.max(nanos, now.waitedNanos() - next.waitedAtFirst() + nowNanos - next.since());
        });
    }

    long nanos() {
        return nanos;
    }
}
