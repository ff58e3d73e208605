package dev.sightline.http;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a server's handlers run. A first request may load hundreds of classes, and a large one write a megabyte of
 * JSON: an event loop that did so would deliver no frame meanwhile. What waits for a thread is bounded by the connections, each
 * of which has one request at a time.
 */
final class RequestThreads {
    private static final int FEWEST = 2;
    private static final int MOST = 4;
    private static final long IDLE_SECONDS = 30;

    private RequestThreads() {}

    static ThreadPoolExecutor start() {
        int threads = Math.min(MOST, Math.max(FEWEST, Runtime.getRuntime().availableProcessors()));
        AtomicInteger started = new AtomicInteger();
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "sightline-requests-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        made.allowCoreThreadTimeOut(true);
        return made;
    }
}
