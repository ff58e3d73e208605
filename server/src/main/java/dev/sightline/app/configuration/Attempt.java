package dev.sightline.app.configuration;

import dev.sightline.app.configuration.Preparation.Work;
import dev.sightline.config.ConfigException;
import dev.sightline.config.Culprit;
import dev.sightline.pipeline.Making;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a thread of its own, which is left behind if it takes too long. Awaited once. */
final class Attempt<T> {
    private static final Set<Attempt<?>> LEFT = ConcurrentHashMap.newKeySet();

    private final Work<T> work;
    private final CompletableFuture<T> made = new CompletableFuture<>();
    private final Thread thread;
    private volatile Optional<NamedProcessor> unmade = Optional.empty();

    /** Starts it. */
    Attempt(Work<T> work) {
        this.work = work;
        this.thread = new Thread(this::run, work.thread());
        thread.setDaemon(true);
        thread.start();
    }

    /** Those whose threads are left behind now. */
    static List<Attempt<?>> left() {
        return List.copyOf(LEFT);
    }

    private void run() {
        try {
            T result = work.make().get();
            if (!isInTime(result)) {
                work.discard().accept(result);
            }
        } catch (Throwable e) {
            made.completeExceptionally(e);
        } finally {
            LEFT.remove(this);
        }
    }

    /** Under a lock, so that whoever gave it up has interrupted it by then: it was asked to end, but what follows is not. */
    private synchronized boolean isInTime(T result) {
        boolean inTime = made.complete(result);
        if (!inTime) {
            Thread.interrupted();
        }
        return inTime;
    }

    /** Many waits end with the interrupt; false if it was done just then. */
    private synchronized boolean giveUp(UnfinishedException why) {
        boolean givenUp = made.completeExceptionally(why);
        if (givenUp) {
            thread.interrupt();
        }
        return givenUp;
    }

    /**
     * What was made.
     *
     * @throws UnfinishedException if it takes too long
     * @throws ConfigException if it fails, or the server stops
     */
    T await(Duration longest) {
        try {
            return made.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            leave(new UnfinishedException(late(longest)));
        } catch (ExecutionException e) {
            throw Preparation.failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(new UnfinishedException("the server stops"));
        }
        return result();
    }

    /** Leaves it behind, unless it was done just then. */
    private void leave(UnfinishedException why) {
        unmade = Making.by(thread);
        LEFT.add(this);
        if (!giveUp(why)) {
            LEFT.remove(this);
        }
    }

    private T result() {
        try {
            return made.join();
        } catch (RuntimeException e) {
            throw Preparation.failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private String late(Duration longest) {
        String stuck = Culprit.delay(thread.getStackTrace());
        return Making.by(thread).map(Attempt::named).orElse(work.subject()) + " did not get ready within "
                + longest.toSeconds() + " s: " + stuck;
    }

    private static String named(NamedProcessor processor) {
        return "processor '" + processor.name() + "'";
    }

    /** What does not get ready, for people. */
    String subject() {
        return unmade.map(Attempt::named).orElse(work.subject());
    }

    /** Whether it closes what is not needed. */
    boolean frees() {
        return work.frees();
    }

    /** Whether it is held up by one of these: a file's content, or a processor. */
    boolean isHeldUpBy(List<?> contents) {
        return unmade.isPresent()
                ? contents.stream()
                        .anyMatch(each -> each instanceof NamedProcessor other
                                && unmade.get().sameAs(other))
                : work.contents().stream().anyMatch(contents::contains);
    }
}
