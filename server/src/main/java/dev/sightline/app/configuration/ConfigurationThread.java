package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that changes what is configured, one change after the other. Safe for use by any thread. */
final class ConfigurationThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationThread.class);
    /** Where no frames come, nobody waits for one. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "sightline-configuration");
        made.setDaemon(true);
        return made;
    });

    ConfigurationThread() {}

    /** Runs a task, soon; false if no further change is made. */
    boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("the server stops; the configuration stays as it is");
            return false;
        }
    }

    /**
     * Makes a change.
     *
     * @param step makes it; complete when frames show it
     * @param result what there is when it is made
     * @return complete when frames show it or there are none; failed with the step's exception
     */
    <T> CompletionStage<T> change(Supplier<? extends CompletionStage<Void>> step, Supplier<T> result) {
        CompletableFuture<T> done = new CompletableFuture<>();
        boolean taken = run(() -> {
            try {
                CompletionStage<Void> shown = step.get();
                T now = result.get();
                // By this thread: the stream's own must not make answers.
                shown.thenRunAsync(() -> done.complete(now), thread);
                done.completeOnTimeout(now, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        if (!taken) {
            done.completeExceptionally(new ConfigException("the server stops"));
        }
        // The user's code may hang where nobody can help, and everybody behind it must be told.
        return done.orTimeout(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it; no further change is made. Waits a moment for the one that is being made. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a change of the configuration is not finished; it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
