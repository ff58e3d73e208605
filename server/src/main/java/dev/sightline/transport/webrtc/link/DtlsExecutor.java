package dev.sightline.transport.webrtc.link;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where DTLS handshakes are done. The library has a thread wait for each packet, so there are many threads; but only
 * half of the processors' number calculates at a time, one at least, so that media keeps flowing.
 */
final class DtlsExecutor implements AutoCloseable {
    /** As many may be under way; where another begins, it is for the caller to end one. */
    static final int PLACES = 256;

    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final ConcurrencyLimit turnstile =
            new ConcurrencyLimit(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final CompletableFuture<DtlsIdentity> identity;

    DtlsExecutor(int maxWaiting) {
        threads = new ThreadPoolExecutor(
                PLACES,
                PLACES,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxWaiting),
                new DefaultThreadFactory("sightline-dtls", true));
        threads.allowCoreThreadTimeOut(true);
        // No method reference: to make one loads the library at once.
        identity = CompletableFuture.supplyAsync(() -> DtlsIdentity.create(), threads);
    }

    /** Made in the background from the start on, as loading the library takes most of a second; waits until it is there. */
    DtlsIdentity identity() {
        return identity.join();
    }

    ConcurrencyLimit turnstile() {
        return turnstile;
    }

    /** Has Java load and compile in the background what the first peer would have to wait for. */
    void warmUp() {
        identity.thenRun(() -> new WarmUp(this).start());
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
