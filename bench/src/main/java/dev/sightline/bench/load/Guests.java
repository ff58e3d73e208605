package dev.sightline.bench.load;

import dev.sightline.testkit.webrtc.VideoCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A kind of users. Used by one thread. */
interface Guests {
    /** How long is waited for the next poll to be answered. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /** So many come, stay and go again; fails where they cannot. */
    void visit(int count, Duration stay) throws IOException, InterruptedException;

    /** How soon somebody is out whose right was taken back; a second is promised, and a busy machine takes longer. */
    Duration OUT = Duration.ofSeconds(10);

    /** Viewers by WebSocket, MJPEG, or Socket.IO over WebSocket, as the address says. */
    static Guests viewers(URI address) throws IOException {
        Audience audience = Audience.start();
        return (count, stay) -> {
            audience.add(count, address, Pace.GOOD);
            try {
                Thread.sleep(stay.toMillis());
                int lost = audience.endPeriod().lost();
                if (lost > 0) {
                    throw new IOException(lost + " viewers of " + address + " lost their connection");
                }
            } finally {
                audience.clear();
            }
        };
    }

    /** Viewers who are let in, and whose right is taken back: fails where they see nothing before, or something after. */
    static Guests entrants(Entrances.Opening way) throws IOException {
        Audience audience = Audience.start();
        return (count, stay) -> {
            List<Entrances.Entrance> entrances = new ArrayList<>();
            try {
                for (int i = 0; i < count; i++) {
                    Entrances.Entrance entrance = way.open();
                    entrances.add(entrance);
                    audience.add(1, entrance.address(), Pace.GOOD);
                }
                awaitSize(audience, count, seen -> seen.pace().fpsMin() > 0, PATIENCE);
                Thread.sleep(stay.toMillis());
                awaitSize(audience, count, seen -> true, Duration.ZERO);
                for (Entrances.Entrance entrance : entrances) {
                    entrance.shut().shut();
                }
                awaitSize(audience, 0, seen -> true, OUT);
            } finally {
                audience.clear();
            }
        };
    }

    private static void awaitSize(Audience audience, int wanted, Predicate<Measured> too, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (audience.size() != wanted || !too.test(audience.endPeriod())) {
            if (System.nanoTime() > end) {
                throw new IOException(audience.size() + " watched where " + wanted + " may");
            }
            Thread.sleep(100);
        }
    }

    /** Viewers by Socket.IO's long-polling. */
    static Guests pollers(URI root) {
        return (count, stay) -> {
            long end = System.nanoTime() + stay.toNanos();
            List<CompletableFuture<Void>> polling = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                polling.add(done);
                Thread thread = new Thread(() -> poll(root, end, done), "poller");
                thread.setDaemon(true);
                thread.start();
            }
            CompletableFuture.allOf(polling.toArray(CompletableFuture[]::new)).join();
        };
    }

    /** Viewers by WebRTC. */
    static Guests peers(URI whep) {
        Peers peers = new Peers(VideoCodec.VP8);
        return (count, stay) -> {
            try {
                Joined joined = peers.join(count, Duration.ofMillis(100L * count), whep, false);
                if (joined.playing() < count) {
                    throw new IOException("over WebRTC: " + joined.trouble());
                }
                Thread.sleep(stay.toMillis());
            } finally {
                peers.clear();
            }
        };
    }

    /** Who send pictures by WebSocket, ten a second. */
    static Guests senders(URI address, List<ByteBuffer> messages) throws IOException {
        Senders senders = new Senders(messages);
        return (count, stay) -> {
            try {
                senders.add(count, address);
                RoundTrips seen = senders.measure(stay.toMillis(), 10);
                if (seen.answered() == 0) {
                    throw new IOException("no picture sent to " + address + " came back");
                }
            } finally {
                senders.clear();
            }
        };
    }

    private static void poll(URI root, long end, CompletableFuture<Void> done) {
        try (BlockingClient client = new BlockingClient(root, Request.ANYWHERE, PATIENCE)) {
            EngineIo session = EngineIo.open(client);
            while (System.nanoTime() < end) {
                session.poll();
            }
            session.leave();
            done.complete(null);
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }
}
