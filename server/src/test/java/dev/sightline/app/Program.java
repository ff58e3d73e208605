package dev.sightline.app;

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

/** The program in a process of its own, with the options that {@code ./sightline} gives its JVM, and what it says. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "program");

    private Program(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it in a folder with these words behind its name; an option of the JVM may stand first. */
    static Program start(Path folder, String... words) throws IOException {
        return startOf(ProgramFiles.classPath(), folder, words);
    }

    /** Starts it with further variables in its environment. */
    static Program startWith(Map<String, String> environment, Path folder, String... words) throws IOException {
        return startOf(ProgramFiles.classPath(), environment, folder, words);
    }

    /** Starts it of other classes. */
    static Program startOf(String classPath, Path folder, String... words) throws IOException {
        return startOf(classPath, Map.of(), folder, words);
    }

    private static Program startOf(String classPath, Map<String, String> environment, Path folder, String... words)
            throws IOException {
        List<String> options = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(words));
        while (!arguments.isEmpty() && arguments.get(0).matches("-[XD].*")) {
            options.add(arguments.remove(0));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("java.args").toAbsolutePath(),
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        if (classPath.equals(ProgramFiles.classPath())) {
            command.addAll(ProgramFiles.archive());
        }
        command.addAll(List.of("-cp", classPath, "dev.sightline.app.Main"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Program(builder.start());
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
        String line = await("is up. Open");
        return URI.create(line.substring(line.indexOf("http")));
    }

    /** Its process, as the system knows it. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it has said so far. */
    String said() {
        return String.join("\n", lines);
    }

    /** Tells it to end, as a supervisor does; what it says meanwhile is still heard. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for its end; the exit code. */
    int exit() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }

    @Override
    public void close() {
        process.destroyForcibly();
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
