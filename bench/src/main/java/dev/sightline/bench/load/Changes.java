package dev.sightline.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** What an administrator does to a server that serves viewers meanwhile: a kind of guests for each. */
final class Changes {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SIGNALS = List.of("SEGV", "KILL");

    private final Administrator administrator;
    private final URI server;
    private final AtomicLong numbers = new AtomicLong();

    Changes(Administrator administrator, URI server) {
        this.administrator = administrator;
        this.server = server;
    }

    /** Kills the process of the only worker, by a crash and from outside in turns, and waits until its stream is live again. */
    Guests crashes(String stream) {
        return (count, stay) -> {
            awaitLive(stream);
            long before = deaths();
            long pid = administrator.get("/api/workers").path(0).path("pid").asLong(0);
            if (pid <= 0) {
                throw new IOException("the worker has no process");
            }
            String signal = SIGNALS.get((int) (numbers.incrementAndGet() % SIGNALS.size()));
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
            await("the death of " + pid, () -> deaths() > before);
            awaitLive(stream);
        };
    }

    private void awaitLive(String stream) throws IOException, InterruptedException {
        await(
                stream + " to be live",
                () -> administrator
                        .get("/api/streams/" + stream)
                        .path("state")
                        .asString()
                        .equals("LIVE"));
    }

    private long deaths() throws IOException {
        return administrator
                .get("/api/workers")
                .path(0)
                .path("deaths")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    /** Saves the configuration with a mistake, and then with another step of the stream {@code edited}. */
    Guests saves(Path file) throws IOException {
        String one = Files.readString(file);
        String other = one.replace("process: [clock]", "process: [grayscale, clock]");
        return (count, stay) -> {
            save(file, one + "\nnothing: of the kind\n");
            await(
                    "the mistake to be told of",
                    () -> !administrator.get("/api/config").path("problems").isEmpty());
            boolean turn = numbers.incrementAndGet() % 2 == 0;
            save(file, turn ? one : other);
            await(
                    "the other step",
                    () -> administrator.get("/api/config").path("problems").isEmpty()
                            && steps("edited") == (turn ? 1 : 2));
        };
    }

    /** Adds a stream by the API, which is watched, changed, and removed. */
    Guests streams() throws IOException {
        Audience audience = Audience.start();
        return (count, stay) -> {
            String name = "passing-" + numbers.incrementAndGet();
            administrator.post("/api/streams", Map.of("name", name, "source", "pattern:320x240@10"));
            try {
                audience.add(count, server.resolve("/live/" + name + "/mjpeg"), Pace.GOOD);
                Thread.sleep(stay.toMillis() / 2);
                administrator.put("/api/streams/" + name + "/process", List.of("clock"));
                await("the step", () -> steps(name) == 1);
                Thread.sleep(stay.toMillis() / 2);
                int lost = audience.endPeriod().lost();
                if (lost > 0) {
                    throw new IOException(lost + " viewers lost a stream that was changed");
                }
            } finally {
                administrator.delete("/api/streams/" + name);
                audience.clear();
            }
        };
    }

    private int steps(String stream) throws IOException {
        return administrator.get("/api/streams/" + stream).path("processors").size();
    }

    private static void save(Path file, String text) throws IOException {
        Path other = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited in vain for " + what);
            }
            Thread.sleep(100);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
