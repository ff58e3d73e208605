package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon those are served who come once a second. Times run from before the connection, in milliseconds; of somebody who
 * was not served within 10 s, or was refused, the time is infinite.
 *
 * @param health until {@code GET /health} was answered, sorted
 * @param picture until the first picture over a WebSocket, sorted
 */
public record Newcomers(double[] health, double[] picture) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Watches for so long, and waits for those who came last. */
    public static Newcomers during(Duration length, URI root, String from) {
        InetSocketAddress own = new InetSocketAddress(from, 0);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "newcomer");
            thread.setDaemon(true);
            return thread;
        });
        List<CompletableFuture<Double>> health = new ArrayList<>();
        List<CompletableFuture<Double>> picture = new ArrayList<>();
        long start = System.nanoTime();
        for (long at = 0; at < length.toNanos(); at += EVERY_NANOS) {
            LockSupport.parkNanos(start + at - System.nanoTime());
            health.add(CompletableFuture.supplyAsync(() -> timed(() -> askHealth(root, own)), threads));
            picture.add(CompletableFuture.supplyAsync(() -> timed(() -> awaitPicture(root, own)), threads));
        }
        try {
            return new Newcomers(sorted(health), sorted(picture));
        } finally {
            threads.shutdown();
        }
    }

    /** Of the one in the middle. */
    public static double median(double[] sorted) {
        return sorted[(sorted.length - 1) / 2];
    }

    /** Of the last. */
    public static double worst(double[] sorted) {
        return sorted[sorted.length - 1];
    }

    private static void askHealth(URI root, InetSocketAddress from) throws IOException {
        try (BlockingClient client = new BlockingClient(root, from, PATIENCE)) {
            client.get("/health").orRefused();
        }
    }

    private static void awaitPicture(URI root, InetSocketAddress from) throws IOException {
        try (BlockingClient client = new BlockingClient(root, from, PATIENCE)) {
            client.upgrade("/live/bench/ws");
            FirstPicture first = new FirstPicture();
            WebSocketParser parser = new WebSocketParser();
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (!first.seen) {
                if (!client.read(buffer)) {
                    throw new IOException("the server has closed the connection");
                }
                parser.feed(buffer, first);
            }
        }
    }

    private static double timed(Service service) {
        long start = System.nanoTime();
        try {
            service.use();
            return (System.nanoTime() - start) / 1e6;
        } catch (IOException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private static double[] sorted(List<CompletableFuture<Double>> times) {
        return times.stream().mapToDouble(CompletableFuture::join).sorted().toArray();
    }

    private interface Service {
        void use() throws IOException;
    }

    /** Whether a picture has come. */
    private static final class FirstPicture implements PictureParser.Listener {
        private boolean seen;

        @Override
        public void picture(PictureHead head) {
            seen = true;
        }

        @Override
        public void answer(byte[] bytes) {}

        @Override
        public void goodbye() {}
    }
}
