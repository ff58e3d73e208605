package dev.sightline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import dev.sightline.testkit.ProgramFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example as a user starts it, {@code sightline run FILE}, in a process of its own. */
final class Program implements AutoCloseable {
    private static final Path FOLDER = Path.of("..", "examples");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("(http|ws)://[^\\s;]+");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "program");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts an example of this folder. */
    static Program run(String example, String... arguments) {
        return run(Map.of(), example, arguments);
    }

    /** The same with more variables in its environment. */
    static Program run(Map<String, String> environment, String example, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(ProgramFiles.archive());
        command.addAll(List.of("-cp", ProgramFiles.classPath(), "dev.sightline.app.Main", "run", example + ".java"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder process =
                    new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
            process.environment().putAll(environment);
            return new Program(process.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has said so far. */
    List<String> lines() {
        return lines;
    }

    /** Waits for a line with these words in it. */
    String await(String words) {
        Await.until(
                "the program says '" + words + "', it said " + lines,
                PATIENCE,
                () -> line(words).isPresent() || !process.isAlive() && !reader.isAlive());
        return line(words).orElseThrow(() -> new AssertionError("the program ended without '" + words + "': " + lines));
    }

    /** The address to open, once it is up. */
    URI address() {
        return address("http://");
    }

    /** The first address that begins so. */
    URI address(String beginning) {
        Matcher address = ADDRESS.matcher(await(beginning));
        assertThat(address.find()).isTrue();
        return URI.create(address.group());
    }

    /** Waits for its end; the exit code. */
    int exit() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }

    /** The time its threads have worked. */
    Duration worked() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Ends it without a warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor()).isIn(0, 2, 137, 143);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> line(String words) {
        return lines.stream().filter(line -> line.contains(words)).findFirst();
    }

    private void read() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            said.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            // It was killed.
        }
    }
}
