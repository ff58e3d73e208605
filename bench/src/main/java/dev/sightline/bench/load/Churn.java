package dev.sightline.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Viewers of all transports and senders who come and go, users who log in and out, and what an administrator does, each kind
 * on a thread of its own and at moments of its own, the same in every run. The server has the streams {@code bench}, {@code
 * clip}, {@code camera}, {@code phone} ({@code publish:}), {@code mirror}, {@code yard} (in the only worker) and {@code edited}.
 * Its methods may be called by any thread.
 */
public final class Churn implements AutoCloseable {
    private static final String SOCKET_IO = "/socket.io/?EIO=4&transport=websocket";
    private static final Duration STAY = Duration.ofSeconds(2);
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(4);
    /** An on-demand source closes 10 s after its last viewer. */
    private static final Duration LONGEST_AWAY_FROM_SOURCES = Duration.ofSeconds(25);
    /** Half of that in the mean: five crashes in a minute would be taken for the stream's fault. */
    private static final Duration LONGEST_BETWEEN_CRASHES = Duration.ofMinutes(3);
    /** From the last stay's end until the last guest has gone. */
    private static final Duration LEAVING = Duration.ofSeconds(30);

    private final List<Thread> threads = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Duration longestStay;

    /**
     * They begin to come to a server.
     *
     * @param root its address, with the token of an administrator
     * @param configuration its file, which is saved now and then
     * @param longestStay of a visit; the shortest is of 2 s
     */
    public Churn(URI root, Path configuration, List<byte[]> pictures, Duration longestStay) throws IOException {
        this.longestStay = longestStay;
        startViewers(root, pictures);
        Administrator administrator = new Administrator(root);
        Entrances entrances = new Entrances(root, administrator);
        start("logins, log-outs", Guests.entrants(entrances::login), 3, LONGEST_AWAY);
        start("users, added, removed", Guests.entrants(entrances::user), 2, LONGEST_AWAY_FROM_SOURCES);
        start("tokens, taken back", Guests.entrants(entrances::token), 3, LONGEST_AWAY);
        start("share links, taken back", Guests.entrants(entrances::share), 3, LONGEST_AWAY);
        Changes changes = new Changes(administrator, root);
        start("the worker's viewers", Guests.viewers(at("ws", root, "/live/yard/ws")), 3, LONGEST_AWAY);
        start("crashes of the worker", changes.crashes("yard"), 1, LONGEST_BETWEEN_CRASHES);
        start("saves of the configuration", changes.saves(configuration), 1, LONGEST_AWAY_FROM_SOURCES);
        start("streams by the API", changes.streams(), 2, LONGEST_AWAY_FROM_SOURCES);
    }

    private void startViewers(URI root, List<byte[]> pictures) throws IOException {
        Random keys = new Random(1);
        List<ByteBuffer> messages = pictures.stream()
                .map(picture -> ByteBuffer.wrap(ClientFrame.binary(picture, keys.nextInt())))
                .toList();
        start("WebSocket", Guests.viewers(at("ws", root, "/live/bench/ws")), 10, LONGEST_AWAY);
        start("MJPEG", Guests.viewers(at("http", root, "/live/bench/mjpeg")), 10, LONGEST_AWAY);
        start("Socket.IO by WebSocket", Guests.viewers(at("ws", root, SOCKET_IO)), 6, LONGEST_AWAY);
        start("Socket.IO by long-polling", Guests.pollers(root), 3, LONGEST_AWAY);
        start("WebRTC", Guests.peers(at("http", root, "/live/bench/whep")), 4, LONGEST_AWAY);
        start("on-demand file", Guests.viewers(at("ws", root, "/live/clip/ws")), 3, LONGEST_AWAY_FROM_SOURCES);
        start("on-demand camera", Guests.viewers(at("http", root, "/live/camera/mjpeg")), 3, LONGEST_AWAY_FROM_SOURCES);
        start("publisher", Guests.senders(at("ws", root, "/live/phone/ws"), messages), 1, LONGEST_AWAY);
        start("the publisher's viewers", Guests.viewers(at("ws", root, "/live/phone/ws")), 3, LONGEST_AWAY);
        start("mirror's senders", Guests.senders(at("ws", root, "/live/mirror/ws"), messages), 4, LONGEST_AWAY);
    }

    /** Who has come so far. */
    public List<Visits> visits() {
        return kinds.stream().map(Kind::visits).toList();
    }

    /** Nobody comes any more, and who is there goes when his time has come; it is waited for. */
    @Override
    public void close() {
        closing.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(longestStay.plus(LEAVING).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(String name, Guests guests, int most, Duration longestAway) {
        Random random = new Random(threads.size());
        Kind kind = new Kind(name, guests);
        kinds.add(kind);
        Thread thread = new Thread(() -> comeAndGo(kind, most, longestAway, random), "guests");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void comeAndGo(Kind kind, int most, Duration longestAway, Random random) {
        try {
            do {
                kind.visit(1 + random.nextInt(most), between(STAY, longestStay, random));
            } while (!closing.await(between(AWAY, longestAway, random).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration between(Duration least, Duration most, Random random) {
        return least.plusMillis((long) (random.nextDouble() * most.minus(least).toMillis()));
    }

    private static URI at(String scheme, URI root, String path) {
        return URI.create(scheme + "://" + root.getAuthority() + path);
    }

    /** One kind of guests, and how they fared. */
    private static final class Kind {
        private final String name;
        private final Guests guests;
        private final AtomicLong made = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private volatile String lastFailure = "";

        Kind(String name, Guests guests) {
            this.name = name;
            this.guests = guests;
        }

        void visit(int count, Duration stay) throws InterruptedException {
            try {
                guests.visit(count, stay);
                made.incrementAndGet();
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                failed(cause == null ? e : cause);
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        Visits visits() {
            return new Visits(name, made.get(), failed.get(), lastFailure);
        }

        private void failed(Throwable reason) {
            failed.incrementAndGet();
            lastFailure = String.valueOf(reason.getMessage());
            System.out.println("failed at " + Instant.now() + ", " + name + ": " + lastFailure);
        }
    }
}
