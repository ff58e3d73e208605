package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Culprit;
import dev.sightline.pipeline.ProcessorException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does what a constructor of the user's may delay for ever, for at most some time. Its thread is then left
 * behind, and what it makes later is closed. Safe for use by any thread.
 */
final class Preparation {
    /** Threads that may be left behind. */
    static final int MOST_LEFT = 8;

    private static final AtomicInteger LEFT = new AtomicInteger();

    private Preparation() {}

    /** Threads that are left behind now. */
    static int left() {
        return LEFT.get();
    }

    /**
     * Prepares something.
     *
     * @param name of the thread
     * @param prepare may fail, or never return
     * @param discard frees what was prepared too late
     * @param longest that it may take
     * @throws ConfigException if that fails, or is not done in time; nothing is prepared then
     */
    static void of(String name, Runnable prepare, Runnable discard, Duration longest) {
        if (LEFT.get() >= MOST_LEFT) {
            throw new ConfigException(
                    "as many as " + MOST_LEFT + " processors never finished being made, and occupy threads:"
                            + " restart the server, and see what they wait for");
        }
        CompletableFuture<Boolean> made = new CompletableFuture<>();
        Thread thread = new Thread(() -> prepare(prepare, discard, made), name);
        thread.setDaemon(true);
        thread.start();
        await(made, longest);
    }

    private static void prepare(Runnable prepare, Runnable discard, CompletableFuture<Boolean> made) {
        try {
            prepare.run();
            if (!made.complete(true)) {
                discard.run();
                LEFT.decrementAndGet();
            }
        } catch (Throwable e) {
            if (!made.completeExceptionally(e)) {
                LEFT.decrementAndGet();
            }
        }
    }

    private static void await(CompletableFuture<Boolean> made, Duration longest) {
        try {
            made.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LEFT.incrementAndGet();
            if (made.complete(false)) {
                throw new ConfigException("its processors were not made within " + longest.toSeconds()
                        + " s; the constructor of one of them does not return");
            }
            LEFT.decrementAndGet();
            await(made, longest); // it was done just then, or has failed
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            LEFT.incrementAndGet();
            if (!made.complete(false)) { // else it is discarded when it is done
                LEFT.decrementAndGet();
            }
            Thread.currentThread().interrupt();
            throw new ConfigException("the server stops");
        }
    }

    /** Prepares a change on this thread. */
    static void here(StreamChange change) {
        try {
            change.prepare();
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        }
    }

    private static ConfigException failed(Throwable why) {
        return new ConfigException(
                why instanceof ProcessorException
                        ? String.valueOf(why.getMessage())
                        : Culprit.describe(why, Preparation.class));
    }
}
