package dev.sightline.app;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Returns heap memory that was needed only for a while, by a flood or a crowd. The serial collector shrinks the heap only in
 * full collections, which come only when it is full: the memory of one minute of large messages would be held for months.
 * Clients that come and go leave 11 MB of garbage per hour in the old generation, which then grows by as much. So if 8 MB more
 * are in use there than after the last collection, and not many are added, it is collected, which takes 30 to 100 ms.
 */
final class HeapReturn implements Runnable {
    private static final String OLD_GENERATION_OF_SERIAL = "Tenured Gen";
    private static final long LOOK_SECONDS = 60;
    /** Less is not worth a pause. */
    private static final long WORTH_BYTES = 8L << 20;
    /** More between two looks means that a flood or a crowd is still there. */
    private static final long CALM_BYTES = 1L << 20;

    private final LongSupplier used;
    private final Runnable collect;
    private long kept;
    private long before;

    /**
     * Takes what is in use now as the baseline.
     *
     * @param used bytes in use in the old generation, garbage included
     * @param collect collects all garbage, and shrinks the heap
     */
    HeapReturn(LongSupplier used, Runnable collect) {
        this.used = used;
        this.collect = collect;
        this.kept = used.getAsLong();
        this.before = kept;
    }

    /** Checks every minute from now on, if the collector is the serial one; others return memory by themselves. */
    static void start() {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OLD_GENERATION_OF_SERIAL))
                .findFirst()
                .ifPresent(HeapReturn::start);
    }

    private static void start(MemoryPoolMXBean oldGeneration) {
        HeapReturn look =
                new HeapReturn(() -> oldGeneration.getUsage().getUsed(), ManagementFactory.getMemoryMXBean()::gc);
        Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "sightline-heap");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleWithFixedDelay(look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void run() {
        long now = used.getAsLong();
        if (now - before < CALM_BYTES && now - kept >= WORTH_BYTES) {
            collect.run();
            // What is still needed becomes the new baseline.
            now = used.getAsLong();
            kept = now;
        }
        kept = Math.min(kept, now);
        before = now;
    }
}
