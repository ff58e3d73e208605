package dev.sightline.app;

import dev.sightline.app.configuration.ConfigWatch;
import dev.sightline.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A program that runs again, in this process, whenever its file is saved: another version of it takes over the servers of the
 * one before. Used by one thread: that of the watch.
 */
final class WatchedProgram {
    /** A model may have to be loaded before the server starts. */
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    /** A main that goes on by itself after its last start is taken as settled then. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Path file;
    private final List<String> arguments;
    private final PrintWriter out;
    private final PrintWriter err;
    private volatile ProgramVersion current;

    private WatchedProgram(Path file, List<String> arguments, PrintWriter out, PrintWriter err, ProgramVersion first) {
        this.file = file;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.current = first;
    }

    /**
     * Starts to watch the file of a program whose first version is called now.
     *
     * @throws IOException if this system watches no files
     */
    static void watch(Path file, List<String> arguments, PrintWriter out, PrintWriter err, ProgramVersion first)
            throws IOException {
        WatchedProgram program = new WatchedProgram(file, arguments, out, err, first);
        ConfigWatch.start(program::files, program::saved);
    }

    /** A thread that starts servers: made before any code of the program runs, it passes nothing of it to their threads. */
    static Executor starter() throws InterruptedException {
        ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "sightline-starter");
            thread.setDaemon(true);
            return thread;
        });
        try {
            starter.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return starter;
    }

    /** The program's file, and those with processors that it names. */
    private Set<Path> files() {
        Set<Path> files = new HashSet<>(Set.of(file));
        current.servers().forEach(server -> files.addAll(server.configuration().files()));
        return files;
    }

    private void saved() {
        try {
            ProgramVersion next = current.next(file);
            next.start(arguments);
            if (settles(next)) {
                takeOver(next);
            } else {
                next.takeBack();
                refuse(next.failure()
                        .map(ProgramVersion::words)
                        .orElse(List.of("its main started no server within " + LONGEST_START.toSeconds() + " s")));
            }
        } catch (ConfigException e) {
            refuse(ProgramVersion.words(e));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            refuse(List.of("it could not be started: " + e));
        }
    }

    private static boolean settles(ProgramVersion next) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        int started = 0;
        while (System.nanoTime() - deadline < 0) {
            boolean settled = next.awaitSettled(QUIET.toMillis());
            int now = next.servers().size();
            if (settled || now > 0 && now == started) {
                return next.failure().isEmpty();
            }
            started = now;
        }
        return false;
    }

    private void takeOver(ProgramVersion next) {
        ProgramVersion before = current;
        List<RunningServer> left = next.takeOver();
        before.end();
        current = next;
        left.forEach(server -> {
            out.println("The server at " + server.address() + " is closed: " + file + " starts it no more.");
            server.close();
        });
        out.println(file + " was saved, and runs.");
        out.flush();
    }

    private void refuse(List<String> problems) {
        err.println(file + " was saved, but does not run; the version before goes on:");
        problems.forEach(problem -> err.println("  " + problem));
        err.flush();
        current.servers().forEach(server -> server.configuration().refuse(problems));
    }
}
