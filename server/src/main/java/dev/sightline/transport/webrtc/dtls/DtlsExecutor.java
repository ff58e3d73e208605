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
 * Runs DTLS handshakes. The library blocks a thread for each packet, so there are many threads; but only half as many as there
 * are processors, at least one, compute at a time, so that media keeps flowing.
 */
public final class DtlsExecutor implements AutoCloseable {
    /** The most handshakes at the same time; if another begins, the caller must end one. */
    public static final int PLACES = 256;

    /** A warm-up's two sides wait for each other: if peers took the thread of one, the other would keep its own from a peer. */
    private static final int THREADS = PLACES + WarmUp.THREADS;

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
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxWaiting),
                DtlsExecutor::thread);
        threads.allowCoreThreadTimeOut(true);
        // Not a method reference: creating one would load the library at once.
        identity = CompletableFuture.supplyAsync(() -> DtlsIdentity.create(), threads);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sightline-dtls");
        thread.setDaemon(true);
        return thread;
    }

    /** Created in the background from the start, since loading the library takes most of a second; this waits for it. */
    public DtlsIdentity identity() {
        return identity.join();
    }

    ConcurrencyLimit turnstile() {
        return turnstile;
    }

    /**
     * Loads and compiles in the background what the first peer would otherwise wait for.
     *
     * @param use gets keys, on a thread of its own, and uses them as a real session would
     */
    public void warmUp(Consumer<SrtpKeyingMaterial> use) {
        identity.thenRun(() -> new WarmUp(this, use).start());
    }

    /** Runs it when its turn comes; false if too many wait already. */
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

    /** How many handshakes are running. Any thread. */
    public int running() {
        return (int) runningCount.value();
    }

    /** How many succeeded. Any thread. */
    public long done() {
        return doneCount.value();
    }

    /** How many failed. Any thread. */
    public long failed() {
        return failedCount.value();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
