package dev.sightline.transport.webrtc.dtls;

import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where DTLS handshakes are done. The library has a thread wait for each packet, so there are many threads; but only
 * half of the processors' number calculates at a time, one at least, so that media keeps flowing.
 */
public final class DtlsExecutor implements AutoCloseable {
    /** As many may be under way; where another begins, it is for the caller to end one. */
    public static final int PLACES = 256;

    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final ConcurrencyLimit turnstile =
            new ConcurrencyLimit(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    final SingleWriterCounter runningCount = new SingleWriterCounter();
    final SingleWriterCounter doneCount = new SingleWriterCounter();
    final SingleWriterCounter failedCount = new SingleWriterCounter();

    private final CompletableFuture<DtlsIdentity> identity;

    /** @param maxWaiting how many more may wait for a thread */
    public DtlsExecutor(int maxWaiting) {
        threads = new ThreadPoolExecutor(
                PLACES,
                PLACES,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxWaiting),
                DtlsExecutor::thread);
        threads.allowCoreThreadTimeOut(true);
        // No method reference: to make one loads the library at once.
        identity = CompletableFuture.supplyAsync(() -> DtlsIdentity.create(), threads);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sightline-dtls");
        thread.setDaemon(true);
        return thread;
    }

    /** Made in the background from the start on, as loading the library takes most of a second; waits until it is there. */
    public DtlsIdentity identity() {
        return identity.join();
    }

    ConcurrencyLimit turnstile() {
        return turnstile;
    }

    /**
     * Has Java load and compile in the background what the first peer would have to wait for.
     *
     * @param use is given keys, by a thread of its own, to do with them what is done later
     */
    public void warmUp(Consumer<SrtpKeyingMaterial> use) {
        identity.thenRun(() -> new WarmUp(this, use).start());
    }

    /** Runs it soon, when its turn comes; false if too many wait already. */
    boolean run(Runnable handshake) {
        try {
            threads.execute(() -> {
                turnstile.enter();
                try {
                    handshake.run();
                } finally {
                    turnstile.leave();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** How many are under way. Any thread. */
    public int running() {
        return (int) runningCount.value();
    }

    /** How many have succeeded. Any thread. */
    public long done() {
        return doneCount.value();
    }

    /** How many have not. Any thread. */
    public long failed() {
        return failedCount.value();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
