package dev.sightline.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * All viewers, on one thread that does nothing but read: two cores have to serve server and viewers.
 *
 * <p>Its public methods may be called by any thread, and wait for that one.
 */
final class Audience implements Runnable {
    private static final int BUFFER_BYTES = 256 * 1024;
    /** How often slow viewers may read. */
    private static final long SLOW_TURN_MILLIS = 10;
    /** How often slow viewers say that they live: left alone, servers would end those who read nothing, and be relieved. */
    private static final long ALIVE_NANOS = 5_000_000_000L;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Period period = new Period();
    private final List<Viewer> viewers = new ArrayList<>();
    private int lost;
    private long aliveNanos = System.nanoTime();

    Audience() throws IOException {
        selector = Selector.open();
    }

    /** One on a thread of its own. */
    static Audience start() throws IOException {
        Audience audience = new Audience();
        Thread reader = new Thread(audience, "audience");
        reader.setDaemon(true);
        reader.start();
        return audience;
    }

    /** How many watch. */
    int size() {
        return await(viewers::size);
    }

    /** Adds viewers of an address. */
    void add(int count, URI address, Pace pace) {
        add(count, address, Request.ANYWHERE, pace);
    }

    /** The same, who connect from an address of their own. */
    void add(int count, URI address, InetSocketAddress from, Pace pace) {
        await(() -> {
            for (int i = 0; i < count; i++) {
                join(address, from, pace);
            }
            return count;
        });
    }

    /** Sends all viewers home. */
    void clear() {
        await(() -> {
            viewers.forEach(Viewer::close);
            viewers.clear();
            lost = 0;
            return 0;
        });
    }

    /** Begins to count anew. */
    void startPeriod() {
        await(() -> {
            viewers.forEach(Viewer::startPeriod);
            period.start();
            return 0;
        });
    }

    /** What was counted since. */
    Measured endPeriod() {
        return await(() -> {
            Measured measured = period.end(viewers, lost);
            lost = 0;
            return measured;
        });
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Viewer> slow = viewers.stream()
                        .filter(viewer -> !viewer.pace().isGood())
                        .toList();
                selector.select(this::readable, slow.isEmpty() ? 0 : SLOW_TURN_MILLIS);
                serve(slow);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(List<Viewer> slow) {
        slow.forEach(viewer -> viewer.read(buffer));
        long now = System.nanoTime();
        if (now - aliveNanos > ALIVE_NANOS) {
            aliveNanos = now;
            slow.forEach(Viewer::sayAlive);
        }
    }

    private void join(URI address, InetSocketAddress from, Pace pace) {
        try {
            Viewer viewer = Viewer.open(address, from, pace, period);
            viewers.add(viewer);
            if (pace.isGood()) {
                viewer.channel().register(selector, SelectionKey.OP_READ, viewer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    private void readable(SelectionKey key) {
        Viewer viewer = (Viewer) key.attachment();
        viewer.read(buffer);
        if (viewer.isGone() && viewers.remove(viewer)) {
            lost++;
        }
    }

    private <T> T await(Supplier<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return done.join();
    }
}
