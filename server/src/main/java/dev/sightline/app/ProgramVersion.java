package dev.sightline.app;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.app.configuration.SourceFile;
import dev.sightline.config.ConfigException;
import dev.sightline.config.Culprit;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a program that {@code sightline run} runs: its classes, and the servers that it describes. The threads of the
 * program have it as their context class loader, by which a server's start finds the version it belongs to; no other program
 * has one. Nothing of a server refers to it, so that it is freed with the program's own threads.
 *
 * <p>The first version is in force at once. A later one is starting until it has {@linkplain #settled settled}: each server
 * that it starts is then a running one, which the version before still owns. If it fails until then, they are described as
 * before. Safe for use by any thread.
 */
final class ProgramVersion extends URLClassLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramVersion.class);

    private final Method main;
    private final Executor starter;
    private final CountDownLatch settled = new CountDownLatch(1);

    /** Not the class loader itself: that is locked while another thread loads a class of the program. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<RunningServer> inherited;

    @GuardedBy("lock")
    private final Map<RunningServer, RunningServer> heirs = new LinkedHashMap<>();

    @GuardedBy("lock")
    private final List<RunningServer> servers = new ArrayList<>();

    private volatile Phase phase;
    private volatile Thread thread = Thread.currentThread();
    private volatile Optional<Throwable> failure = Optional.empty();

    private enum Phase {
        STARTING,
        IN_FORCE,
        ENDED
    }

    private ProgramVersion(SourceFile source, Path file, Executor starter, List<RunningServer> inherited, Phase phase)
            throws MalformedURLException {
        super(new URL[] {source.compile().toUri().toURL()}, ProgramVersion.class.getClassLoader());
        this.starter = starter;
        this.inherited = new ArrayDeque<>(inherited);
        this.phase = phase;
        try {
            this.main = loadClass(source.className()).getMethod("main", String[].class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(file + " holds no class " + source.className());
        } catch (NoSuchMethodException e) {
            throw new ConfigException(file + " has no public static void main(String[])");
        }
    }

    /**
     * The first version.
     *
     * @param starter starts servers: their threads are to inherit nothing of the program if they shall outlive this version
     * @throws ConfigException if the file is no program; with the compiler's messages if it cannot be compiled
     */
    static ProgramVersion first(Path file, Executor starter) throws MalformedURLException {
        return new ProgramVersion(SourceFile.of(file), file, starter, List.of(), Phase.IN_FORCE);
    }

    /** The version that follows; throws as above. */
    ProgramVersion next(Path file) throws MalformedURLException {
        return new ProgramVersion(SourceFile.of(file), file, starter, servers(), Phase.STARTING);
    }

    /** The version that this thread belongs to; empty in other programs. */
    static Optional<ProgramVersion> current() {
        return Thread.currentThread().getContextClassLoader() instanceof ProgramVersion version
                ? Optional.of(version)
                : Optional.empty();
    }

    /** Calls main, by this thread. */
    void call(List<String> arguments) throws Throwable {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        thread = Thread.currentThread();
        thread.setContextClassLoader(this);
        try {
            main.invoke(null, (Object) arguments.toArray(new String[0]));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Calls main, by a thread of its own; what it throws is the failure of this version. */
    void start(List<String> arguments) {
        Thread caller = new Thread(
                () -> {
                    try {
                        call(arguments);
                    } catch (Throwable e) {
                        failure = Optional.of(
                                e instanceof Ended ended && ended.getCause() != null ? ended.getCause() : e);
                    }
                    settled();
                },
                "main");
        caller.start();
    }

    /**
     * The server that the program starts: the next one of the version before, or a new one.
     *
     * @throws IOException if a port is not available
     * @throws ConfigException if the description is invalid
     */
    RunningServer start(Composition composition) throws IOException {
        FutureTask<RunningServer> task = new FutureTask<>(() -> startOrInherit(composition));
        starter.execute(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new Ended("another version of the program runs");
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            throw failed(why == null ? e : why);
        }
    }

    private static RuntimeException failed(Throwable why) throws IOException {
        if (why instanceof IOException cause) {
            throw cause;
        }
        if (why instanceof Error cause) {
            throw cause;
        }
        // Made by the program's thread, it knows the program's line.
        return why instanceof IllegalArgumentException
                ? new ConfigException(String.valueOf(why.getMessage()))
                : new IllegalStateException(why);
    }

    private RunningServer startOrInherit(Composition composition) throws IOException {
        synchronized (lock) {
            if (phase == Phase.ENDED) {
                throw new ConfigException("another version of the program runs, or was saved: this one starts nothing");
            }
            Optional<RunningServer> before = phase == Phase.STARTING ? nextInherited() : Optional.empty();
            RunningServer server;
            if (before.isPresent()) {
                server = before.get().heir(composition.description());
                heirs.put(before.get(), server);
            } else {
                server = composition.startNew();
            }
            servers.add(server);
            return server;
        }
    }

    @GuardedBy("lock")
    private Optional<RunningServer> nextInherited() {
        while (!inherited.isEmpty()) {
            RunningServer next = inherited.remove();
            if (next.isOpen()) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** The servers of this version that run, in the order of their start. */
    List<RunningServer> servers() {
        synchronized (lock) {
            servers.removeIf(server -> !server.isOpen());
            return List.copyOf(servers);
        }
    }

    /** Main has returned, has failed, or waits for a server's end: it starts no more. */
    void settled() {
        settled.countDown();
    }

    /** Waits until it has settled; false if it has not by then. */
    boolean awaitSettled(long millis) throws InterruptedException {
        return settled.await(millis, TimeUnit.MILLISECONDS);
    }

    /** What main has thrown. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** It is in force, and owns its servers; returns those of the version before that it did not start. */
    List<RunningServer> takeOver() {
        synchronized (lock) {
            phase = Phase.IN_FORCE;
            heirs.forEach(RunningServer::handTo);
            heirs.clear();
            List<RunningServer> left =
                    inherited.stream().filter(RunningServer::isOpen).toList();
            inherited.clear();
            return left;
        }
    }

    /** It ends in vain: what it described is as before. */
    void takeBack() {
        synchronized (lock) {
            end();
            for (RunningServer server : servers) {
                if (!heirs.containsValue(server)) {
                    server.close();
                }
            }
            heirs.keySet().forEach(before -> {
                try {
                    before.restore();
                } catch (RuntimeException e) {
                    LOG.warn("what the program described before could not be described again", e);
                }
            });
            heirs.clear();
            inherited.clear();
        }
    }

    /** Its main is interrupted, and starts nothing any more; servers that it owned belong to another. */
    void end() {
        phase = Phase.ENDED;
        thread.interrupt();
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** The program's command line failed: only that of the version in force may end the process. */
    void requireMayFail(Throwable why) {
        if (why instanceof Ended ended) {
            throw ended;
        }
        if (phase != Phase.IN_FORCE) {
            throw new Ended(why);
        }
    }

    /** The program's command line is done: only that of the version in force may end the process with an error's code. */
    void requireMayExit(int code) {
        if (phase == Phase.ENDED || phase == Phase.STARTING && code != 0) {
            throw new Ended("it ended with exit code " + code);
        }
    }

    /** What is wrong, in lines for people, with the program's line. */
    static List<String> words(Throwable why) {
        if (why instanceof ConfigException) {
            return List.of((why.getMessage() + Culprit.line(why, ProgramVersion.class)).split("\\R"));
        }
        return List.of(
                why instanceof Ended ? String.valueOf(why.getMessage()) : Culprit.describe(why, ProgramVersion.class));
    }

    /** Leads out of a program whose end is not that of the process; not an Exception, so that programs do not catch it. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1;

        Ended(String message) {
            super(message);
        }

        Ended(Throwable cause) {
            super(cause);
        }
    }
}
