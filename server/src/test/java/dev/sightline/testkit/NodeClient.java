package dev.sightline.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The official socket.io-client in a process of Node.js: runs a script in which {@code io} is the client, {@code url} the
 * server, {@code say(…)} prints a line, and {@code once(emitter, event)} awaits an event's arguments. The client is
 * installed below {@code target} by npm, in exact versions.
 */
public final class NodeClient implements AutoCloseable {
    private static final String VERSION = "4.8.4";
    private static final String PRELUDE = """
            import { io } from 'socket.io-client';
            const url = process.argv[2];
            const say = (...words) => console.log(words.join(' '));
            const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
            """;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private NodeClient(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "node-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a script, a module's body, against a server. */
    public static NodeClient start(URI server, String script) {
        return start(VERSION, server, script);
    }

    /** The same with another version of the client. */
    public static NodeClient start(String version, URI server, String script) {
        Path home = NodePackages.install(Path.of("socket.io-client", version), "socket.io-client@" + version);
        try {
            Path file = Files.createTempFile(home, "client", ".mjs");
            Files.writeString(file, PRELUDE + script);
            return new NodeClient(new ProcessBuilder(NodePackages.node(), file.toString(), server.toString())
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed, faults included. */
    public List<String> lines() {
        return lines;
    }

    /** Waits for a line that begins so. */
    public String await(String beginning) {
        Await.until(
                "the client says '" + beginning + "', it said " + lines,
                java.time.Duration.ofSeconds(60),
                () -> line(beginning).isPresent() || !process.isAlive() && !reader.isAlive());
        return line(beginning)
                .orElseThrow(() -> new AssertionError("the client ended without '" + beginning + "': " + lines));
    }

    /** The newest line that begins so. */
    public Optional<String> line(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).reduce((earlier, later) -> later);
    }

    /** Stops it as the kernel does: it neither reads nor answers until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            // The process was ended.
        }
    }
}
