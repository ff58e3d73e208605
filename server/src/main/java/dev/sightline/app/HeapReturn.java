package dev.sightline.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives back the memory that the heap took for a while, for a flood or a crowd. The serial collector shrinks the heap in full
 * collections only, and these come only when it is full: a minute of large messages would be held for months. Clients that
 * come and go leave 11 MB of garbage an hour that its young collections miss. So where the heap has grown, and grows no longer
 * for a minute, it is collected once; that takes some tens of milliseconds.
 */
final class HeapReturn implements Runnable {
    private static final String SERIAL = "MarkSweepCompact";
    private static final long LOOK_SECONDS = 60;
    /** Less is not worth a pause. */
    private static final long WORTH_BYTES = 12L << 20;

    private final LongSupplier committed;
    private final Runnable collect;
    private long kept;
    private long before;

    /**
     * What it holds now is what it is to come back to.
     *
     * @param committed bytes that the heap holds, used or not
     * @param collect collects all garbage, and shrinks the heap
     */
    HeapReturn(LongSupplier committed, Runnable collect) {
        this.committed = committed;
        this.collect = collect;
        this.kept = committed.getAsLong();
        this.before = kept;
    }

    /** Looks every minute from now on, where the collector is the serial one; others give back by themselves. */
    static void start() {
        if (ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .noneMatch(SERIAL::equals)) {
            return;
        }
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        HeapReturn look = new HeapReturn(() -> memory.getHeapMemoryUsage().getCommitted(), memory::gc);
        Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "sightline-heap");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleWithFixedDelay(look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void run() {
        long now = committed.getAsLong();
        if (now <= before && now - kept >= WORTH_BYTES) {
            collect.run();
            // What is needed is kept, and not collected for again.
            kept = committed.getAsLong();
            now = kept;
        }
        before = now;
    }
}
