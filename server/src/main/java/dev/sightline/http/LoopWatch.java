package dev.sightline.http;

import dev.sightline.http.limits.RateLimitedLog;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Measures the turns of an event loop: a turn lasts from when the loop wakes up until it waits again, and no other connection
 * is served meanwhile. The cost is three clock readings per turn.
 */
public final class LoopWatch implements IoHandler {
    private static final Set<LoopWatch> RUNNING = ConcurrentHashMap.newKeySet();
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(LoopWatch.class));
    /** The first request loads classes, which takes a second on a busy machine. */
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** Longer than Prometheus's interval between two scrapes. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long NONE = Long.MIN_VALUE;

    private final IoHandler loop;
    private final LongSupplier nanoTime;
    private @Nullable Awakening context;
    private String name = "";
    // Written by the loop's thread, read by any.
    private volatile long began = NONE;
    private volatile long windowBegan;
    private volatile long longest;
    private volatile long longestBefore;

    LoopWatch(IoHandler loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.windowBegan = nanoTime.getAsLong();
    }

    /** The same event loops with measured turns. */
    public static IoHandlerFactory over(IoHandlerFactory loops) {
        return executor -> new LoopWatch(loops.newHandler(executor), System::nanoTime);
    }

    /** The longest turn of each running event loop in the last minute or two, in seconds, by the name of its thread. */
    public static Map<String, Double> longestTurns() {
        Map<String, Double> turns = new TreeMap<>();
        RUNNING.forEach(loop -> turns.merge(loop.name, loop.longestNanos() / 1e9, Math::max));
        return turns;
    }

    /** The longest turn, including the current one. */
    long longestNanos() {
        long now = nanoTime.getAsLong();
        long windows = (now - windowBegan) / WINDOW_NANOS; // a loop that sleeps opens no new one
        long ended = windows == 0 ? Math.max(longest, longestBefore) : windows == 1 ? longest : 0;
        long since = began;
        return since == NONE ? ended : Math.max(ended, now - since);
    }

    @Override
    public void initialize() {
        name = Thread.currentThread().getName();
        RUNNING.add(this);
        loop.initialize();
    }

    @Override
    public int run(IoHandlerContext given) {
        waits();
        int handled = loop.run(watched(given));
        wakes(); // for its tasks, where it had nothing to read or write
        return handled;
    }

    @Override
    public void prepareToDestroy() {
        loop.prepareToDestroy();
    }

    @Override
    public void destroy() {
        RUNNING.remove(this);
        loop.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return loop.register(handle);
    }

    @Override
    public void wakeup() {
        loop.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handle) {
        return loop.isCompatible(handle);
    }

    private void wakes() {
        if (began == NONE) {
            began = nanoTime.getAsLong();
        }
    }

    private void waits() {
        long since = began;
        if (since == NONE) {
            return;
        }
        long now = nanoTime.getAsLong();
        began = NONE;
        add(now, now - since);
    }

    private void add(long now, long turn) {
        if (now - windowBegan >= WINDOW_NANOS) {
            longestBefore = now - windowBegan < 2 * WINDOW_NANOS ? longest : 0;
            longest = 0;
            windowBegan = now;
        }
        if (turn > longest) {
            longest = turn;
        }
        if (turn > TOLD_NANOS) {
            FAULTS.report("the event loop " + name + " served nobody for " + TimeUnit.NANOSECONDS.toSeconds(turn)
                    + " s: something held it up");
        }
    }

    private IoHandlerContext watched(IoHandlerContext given) {
        Awakening known = context;
        if (known == null || known.given != given) {
            known = new Awakening(given);
            context = known;
        }
        return known;
    }

    /** Netty's loops ask whether to measure their work right after they wake up. */
    private final class Awakening implements IoHandlerContext {
        private final IoHandlerContext given;

        Awakening(IoHandlerContext given) {
            this.given = given;
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            wakes();
            return given.shouldReportActiveIoTime();
        }

        @Override
        public void reportActiveIoTime(long nanos) {
            given.reportActiveIoTime(nanos);
        }

        @Override
        public boolean canBlock() {
            return given.canBlock();
        }

        @Override
        public long delayNanos(long now) {
            return given.delayNanos(now);
        }

        @Override
        public long deadlineNanos() {
            return given.deadlineNanos();
        }
    }
}
