package dev.sightline.transport.webrtc.link;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where DTLS handshakes are done. The library has a thread wait for each packet, so there are many threads; but only
 * half of the processors' number calculates at a time, one at least, so that media keeps flowing.
 */
final class Handshakes implements AutoCloseable {
    private static final int MAX_THREADS = 64;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Turnstile turnstile =
            new Turnstile(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final DtlsIdentity identity = DtlsIdentity.create();

    Handshakes(int maxWaiting) {
        threads = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxWaiting),
                new DefaultThreadFactory("sightline-dtls", true));
        threads.allowCoreThreadTimeOut(true);
    }

    DtlsIdentity identity() {
        return identity;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    /** Has Java load and compile in the background what the first peer would have to wait for. */
    void warmUp() {
        new WarmUp(this).start();
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
