package dev.sightline.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that this one started, spoken to in lines. It is ended by its id, at the latest when this process ends. */
public final class Child implements AutoCloseable {
    private static final long TERM_SECONDS = 10;

    private final Process process;
    private final String name;
    private final PrintStream in;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a command; what it says on its error stream goes to a file. */
    public static Child start(String name, File log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
        builder.environment().putAll(environment);
        try {
            Child child = new Child(name, builder.start());
            Thread reader = new Thread(child::readLines, name + "-output");
            reader.setDaemon(true);
            reader.start();
            Runtime.getRuntime().addShutdownHook(new Thread(child::kill));
            return child;
        } catch (IOException e) {
            throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The operating system's number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Says one line to it. */
    public void tell(String line) {
        in.println(line);
    }

    /** Says one line to a load client and gives its answer; fails where that begins with {@code failed}. */
    public String ask(String line, long seconds) {
        tell(line);
        String answer = await(said -> true, seconds);
        if (answer.startsWith("failed")) {
            throw new BenchException("the load client " + answer);
        }
        return answer;
    }

    /** The next line it says that is wanted; others are passed over. */
    public String await(Predicate<String> wanted, long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                Optional<String> line = lines.poll(left, TimeUnit.NANOSECONDS);
                if (line != null && line.isEmpty()) {
                    throw new BenchException(name + " has ended; its log says why");
                }
                if (line != null && wanted.test(line.get())) {
                    return line.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BenchException(name + " said nothing for " + seconds + " s");
    }

    /** Sends it a signal, for example {@code STOP}. */
    public void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new BenchException("cannot send " + signal + " to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** At once, and also when it is stopped. */
    private void kill() {
        process.destroyForcibly();
    }

    private void readLines() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // Its end is told below.
        }
        lines.add(Optional.empty());
    }
}
