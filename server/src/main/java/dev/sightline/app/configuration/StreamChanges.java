package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The way from the streams that run to those of another configuration: only what differs is touched. Used by one thread. */
final class StreamChanges {
    private static final long LONGEST_END_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final Map<String, StreamPlan> next;
    private final StreamRegistry registry;
    private final Preparation preparation;
    private final List<StreamChange> changes = new ArrayList<>();
    private final List<NamedStream> ending = new ArrayList<>();
    private final Summary summary = new Summary(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    /**
     * Compares the streams that run with those that shall.
     *
     * @param preparation makes and closes the processors of each stream
     */
    StreamChanges(
            Map<String, StreamPlan> present,
            Map<String, StreamPlan> next,
            StreamRegistry registry,
            Preparation preparation) {
        this.next = next;
        this.registry = registry;
        this.preparation = preparation;
        present.keySet().stream().filter(name -> !next.containsKey(name)).forEach(name -> {
            changes.add(new StreamChange.Remove(name, registry, ending));
            summary.removed().add(name);
        });
        next.forEach((name, plan) -> {
            StreamPlan before = present.get(name);
            if (before == null) {
                changes.add(new StreamChange.Start(plan, registry));
                summary.added().add(name);
            } else if (!before.sameAs(plan)) {
                adjust(before, plan);
                summary.changed().add(name);
            }
        });
    }

    /**
     * A mirror's senders see themselves only; nobody watches it who could stay. A stream that moves to another process begins
     * anew.
     */
    private void adjust(StreamPlan before, StreamPlan plan) {
        if (before.runsAs(plan) && plan.remote().isPresent()) {
            changes.add(new RemoteChange(before, plan, registry, StreamChange.running(plan.name(), registry)));
        } else if (before.runsAs(plan)) {
            changes.add(new StreamChange.Adjust(before, plan, StreamChange.running(plan.name(), registry)));
        } else {
            changes.add(new StreamChange.Remove(plan.name(), registry, ending));
            changes.add(new StreamChange.Start(plan, registry));
        }
    }

    /** What happens to which streams. */
    Summary summary() {
        return summary;
    }

    /**
     * Makes all processors. If one cannot be made, or not in time, nothing has changed.
     *
     * @throws ConfigException if any cannot be made; the message lists all up to one that never gets ready
     */
    void prepare() {
        Problems problems = new Problems();
        List<StreamChange> made = new ArrayList<>();
        for (StreamChange change : changes) {
            try {
                prepare(change);
                made.add(change);
            } catch (ConfigException e) {
                problems.add(Place.NOWHERE, "stream '" + change.stream() + "': " + e.getMessage());
                if (e instanceof UnfinishedException) {
                    break; // the others may be no better, and all would wait for each
                }
            }
        }
        if (problems.found().isEmpty()) {
            return;
        }
        made.forEach(this::discard);
        problems.throwIfAny();
    }

    private void prepare(StreamChange change) {
        if (change.processors().isEmpty()) {
            change.prepare();
            return;
        }
        preparation.of(Preparation.Work.of(
                change.stream() + "-making", "a processor", change.processors(), change::prepare, change::discard));
    }

    /** Frees what was prepared in vain: nothing has changed. */
    void discard() {
        changes.forEach(this::discard);
    }

    private void discard(StreamChange change) {
        preparation.free(change.stream() + "-closing", change::discard);
    }

    /** Lets all of it happen; complete when the next frames show it. */
    CompletionStage<Void> commit() {
        List<CompletableFuture<Void>> shown = new ArrayList<>();
        changes.forEach(change -> shown.add(change.commit().toCompletableFuture()));
        registry.arrange(List.copyOf(next.keySet()));
        changes.forEach(change ->
                change.leftover().ifPresent(free -> preparation.free(change.stream() + "-closing", free)));
        if (!ending.isEmpty()) {
            Thread end = new Thread(this::awaitEnd, "sightline-ending");
            end.setDaemon(true);
            end.start();
        }
        return CompletableFuture.allOf(shown.toArray(CompletableFuture[]::new));
    }

    /** A stream's thread may be busy for a while, and tells its viewers only then. */
    private void awaitEnd() {
        long deadline = System.nanoTime() + LONGEST_END_NANOS;
        ending.forEach(stream -> stream.awaitEnd(deadline));
    }

    /**
     * What happened to which streams, by name.
     *
     * @param added were not there before
     * @param changed go on in another way
     * @param removed are no more
     */
    record Summary(List<String> added, List<String> changed, List<String> removed) {

        boolean isEmpty() {
            return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
        }

        /** {@code door added, cam changed}. */
        String text() {
            List<String> words = new ArrayList<>();
            added.forEach(name -> words.add(name + " added"));
            changed.forEach(name -> words.add(name + " changed"));
            removed.forEach(name -> words.add(name + " removed"));
            return words.isEmpty() ? "no stream changed" : String.join(", ", words);
        }
    }
}
