package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Guesses of one address at one door, all of them wrong.
 *
 * @param answers how many there were of each
 */
public record Guesses(Map<String, Long> answers) {
    private static final int MOST_AT_ONCE = 64;
    private static final long PATIENCE_SECONDS = 60;

    /** Guesses so often a second for so long, without waiting for answers, and then waits for the last. */
    public static Guesses at(Door door, URI root, String from, int aSecond, Duration length) {
        InetSocketAddress own = new InetSocketAddress(from, 0);
        Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE, work -> {
            Thread thread = new Thread(work, "guesser");
            thread.setDaemon(true);
            return thread;
        });
        long start = System.nanoTime();
        long every = TimeUnit.SECONDS.toNanos(1) / aSecond;
        for (long at = 0; at < length.toNanos(); at += every) {
            LockSupport.parkNanos(start + at - System.nanoTime());
            String secret = "not-the-secret-" + at;
            threads.execute(() -> counts.computeIfAbsent(answer(door, root, own, secret), first -> new LongAdder())
                    .increment());
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<String, Long> answers = new TreeMap<>();
        counts.forEach((answer, count) -> answers.put(answer, count.sum()));
        return new Guesses(answers);
    }

    /** All of them. */
    public long total() {
        return answers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String answer(Door door, URI root, InetSocketAddress from, String secret) {
        try {
            return door.guess(root, from, secret);
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }
}
