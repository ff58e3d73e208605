package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Culprit;
import dev.sightline.pipeline.ProcessorException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's code: constructors, static initializers and factories, which may fail, or delay for ever. While the server
 * runs, each piece of work has a thread of its own and a time limit; a thread that exceeds it is interrupted and left behind,
 * and what it makes later is discarded. Safe for use by any thread.
 */
final class Preparation {
    /** Threads that may be left behind by code that makes processors, and as many by code that closes them. */
    static final int MOST_LEFT = 16;

    /** Threads that may be left behind by the same content: what it waits for may have come in the meantime, but not twice. */
    static final int MOST_OF_SAME = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final Optional<Duration> longest;

    private Preparation(Optional<Duration> longest) {
        this.longest = longest;
    }

    /**
     * On the caller's thread, however long that takes. For the start: the caller may hold what the user's code needs, such as
     * the lock of a class that starts the server in its static initializer, and another thread would wait for it in vain. At
     * the start there is also nobody yet whom a delay could harm.
     */
    static Preparation here() {
        return new Preparation(Optional.empty());
    }

    /** Each piece of work for at most so long. */
    static Preparation within(Duration longest) {
        return new Preparation(Optional.of(longest));
    }

    /** Threads that are left behind now. */
    static int left() {
        return Attempt.left().size();
    }

    /**
     * Does the work.
     *
     * @throws UnfinishedException if it is not done in time, or threads were left behind by it before
     * @throws ConfigException if it fails; the message is for the user
     */
    <T> T of(Work<T> work) {
        if (longest.isPresent()) {
            refuseHopeless(work);
            return new Attempt<>(work).await(longest.get());
        }
        try {
            return work.make().get();
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        }
    }

    /** Frees what was made, which runs the user's code too. If that fails or hangs, it is logged. */
    void free(String thread, Runnable close) {
        try {
            of(Work.freeing(thread, close));
        } catch (ConfigException e) {
            LOG.warn("{}: processors that are not needed any more are not freed: {}", thread, e.getMessage());
        }
    }

    private static void refuseHopeless(Work<?> work) {
        List<Attempt<?>> left = Attempt.left().stream()
                .filter(attempt -> attempt.frees() == work.frees())
                .toList();
        List<Attempt<?>> same = left.stream()
                .filter(attempt -> attempt.isHeldUpBy(work.contents()))
                .toList();
        if (same.size() >= MOST_OF_SAME) {
            throw new UnfinishedException(same.get(0).subject() + " did not get ready " + same.size()
                    + " times before, and still occupies threads: change it, or restart the server");
        }
        if (left.size() >= MOST_LEFT) {
            throw new UnfinishedException(
                    "as many as " + MOST_LEFT + " processors never finished being " + (work.frees() ? "closed" : "made")
                            + ", and occupy threads: restart the server, and see what they wait for");
        }
    }

    /** What is told of a failure. */
    static ConfigException failed(Throwable why) {
        if (why instanceof ConfigException told) {
            return told;
        }
        return new ConfigException(
                why instanceof ProcessorException
                        ? String.valueOf(why.getMessage())
                        : Culprit.describe(why, Preparation.class));
    }

    /**
     * Something that runs the user's code.
     *
     * @param thread the name of its thread
     * @param subject what is made, for messages
     * @param contents what identifies the code that it may run: digests of files, and processors
     * @param make makes it; by a thread of its own, or the caller's
     * @param discard frees what was made too late
     * @param frees whether it makes nothing, but closes what is not needed: it must not keep others from being made
     */
    record Work<T>(
            String thread, String subject, List<?> contents, Supplier<T> make, Consumer<T> discard, boolean frees) {

        /** Makes something. */
        Work(String thread, String subject, List<?> contents, Supplier<T> make, Consumer<T> discard) {
            this(thread, subject, contents, make, discard, false);
        }

        /** Closes what is not needed. */
        static Work<Boolean> freeing(String thread, Runnable close) {
            Work<Boolean> work = of(thread, "a processor", List.of(), close, () -> {});
            return new Work<>(thread, work.subject(), work.contents(), work.make(), work.discard(), true);
        }

        /** Without a result. */
        static Work<Boolean> of(String thread, String subject, List<?> contents, Runnable run, Runnable discard) {
            return new Work<>(
                    thread,
                    subject,
                    contents,
                    () -> {
                        run.run();
                        return true;
                    },
                    done -> discard.run());
        }
    }
}
