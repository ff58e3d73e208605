package dev.sightline.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Viewers of all transports and senders who come and go, each kind on a thread of its own and at moments of its own, the
 * same in every run. The server has the streams {@code bench}, {@code clip}, {@code camera}, {@code phone} ({@code publish:})
 * and {@code mirror}. Its methods may be called by any thread.
 */
public final class Churn implements AutoCloseable {
    private static final Duration STAY = Duration.ofSeconds(2);
    private static final Duration LONGEST_STAY = Duration.ofSeconds(10);
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(4);
    /** An on-demand source closes 10 s after its last viewer. */
    private static final Duration LONGEST_AWAY_FROM_SOURCES = Duration.ofSeconds(25);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong visits = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile String lastFailure = "";

    /** They begin to come to a server. */
    public Churn(URI root, List<byte[]> pictures) throws IOException {
        Random keys = new Random(1);
        List<ByteBuffer> messages = pictures.stream()
                .map(picture -> ByteBuffer.wrap(ClientFrame.binary(picture, keys.nextInt())))
                .toList();
        start(Guests.viewers(at("ws", root, "/live/bench/ws")), 10, LONGEST_AWAY);
        start(Guests.viewers(at("http", root, "/live/bench/mjpeg")), 10, LONGEST_AWAY);
        start(Guests.viewers(at("ws", root, "/socket.io/?EIO=4&transport=websocket")), 6, LONGEST_AWAY);
        start(Guests.pollers(root), 3, LONGEST_AWAY);
        start(Guests.peers(at("http", root, "/live/bench/whep")), 4, LONGEST_AWAY);
        start(Guests.viewers(at("ws", root, "/live/clip/ws")), 3, LONGEST_AWAY_FROM_SOURCES);
        start(Guests.viewers(at("http", root, "/live/camera/mjpeg")), 3, LONGEST_AWAY_FROM_SOURCES);
        start(Guests.senders(at("ws", root, "/live/phone/ws"), messages), 1, LONGEST_AWAY);
        start(Guests.viewers(at("ws", root, "/live/phone/ws")), 3, LONGEST_AWAY);
        start(Guests.senders(at("ws", root, "/live/mirror/ws"), messages), 4, LONGEST_AWAY);
    }

    /** How often some have come, stayed and gone. */
    public long visits() {
        return visits.get();
    }

    /** How often some could not come, or not stay. */
    public long failures() {
        return failures.get();
    }

    /** Why, the last time; empty if there were none. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Nobody comes any more, and who is there goes. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_STAY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Guests guests, int most, Duration longestAway) {
        Random random = new Random(threads.size());
        Thread thread = new Thread(() -> comeAndGo(guests, most, longestAway, random), "guests");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void comeAndGo(Guests guests, int most, Duration longestAway, Random random) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                visit(guests, 1 + random.nextInt(most), between(STAY, LONGEST_STAY, random));
                Thread.sleep(between(AWAY, longestAway, random).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void visit(Guests guests, int count, Duration stay) throws InterruptedException {
        try {
            guests.visit(count, stay);
            visits.incrementAndGet();
        } catch (CompletionException e) {
            failed(e.getCause());
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable reason) {
        if (!Thread.currentThread().isInterrupted()) {
            failures.incrementAndGet();
            lastFailure = String.valueOf(reason.getMessage());
        }
    }

    private static Duration between(Duration least, Duration most, Random random) {
        return least.plusMillis((long) (random.nextDouble() * most.minus(least).toMillis()));
    }

    private static URI at(String scheme, URI root, String path) {
        return URI.create(scheme + "://" + root.getAuthority() + path);
    }
}
