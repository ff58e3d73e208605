package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The way from the streams that run to those of another configuration: only what differs is touched. Used by one thread. */
final class StreamChanges {
    private static final long LONGEST_END_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final Map<String, StreamPlan> next;
    private final StreamRegistry registry;
    private final List<StreamChange> changes = new ArrayList<>();
    private final List<NamedStream> ending = new ArrayList<>();
    private final Summary summary = new Summary(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    /** Compares the streams that run with those that shall. */
    StreamChanges(Map<String, StreamPlan> present, Map<String, StreamPlan> next, StreamRegistry registry) {
        this.next = next;
        this.registry = registry;
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

    /** A mirror's senders see themselves only; nobody watches it who could stay. */
    private void adjust(StreamPlan before, StreamPlan plan) {
        boolean mirror = before.kind() == StreamPlan.Kind.MIRROR;
        if (mirror == (plan.kind() == StreamPlan.Kind.MIRROR)) {
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
     * Makes all processors on this thread, however long that takes: it may hold what their constructors need.
     *
     * @throws ConfigException if any cannot be made; the message lists all
     */
    void prepare() {
        prepare(Preparation::here);
    }

    /**
     * Makes all processors. If one cannot be made, or not in time, nothing has changed.
     *
     * @param longest for the processors of one stream
     * @throws ConfigException if any cannot be made; the message lists all
     */
    void prepare(Duration longest) {
        prepare(change -> Preparation.of(change.stream() + "-making", change::prepare, change::discard, longest));
    }

    private void prepare(Consumer<StreamChange> preparation) {
        Problems problems = new Problems();
        List<StreamChange> made = new ArrayList<>();
        for (StreamChange change : changes) {
            try {
                preparation.accept(change);
                made.add(change);
            } catch (ConfigException e) {
                problems.add(Place.NOWHERE, "stream '" + change.stream() + "': " + e.getMessage());
            }
        }
        if (made.size() < changes.size()) {
            made.forEach(StreamChange::discard);
        }
        problems.throwIfAny();
    }

    /** Frees what was prepared in vain: nothing has changed. */
    void discard() {
        changes.forEach(StreamChange::discard);
    }

    /** Lets all of it happen; complete when the next frames show it. */
    CompletionStage<Void> commit() {
        List<CompletableFuture<Void>> shown = new ArrayList<>();
        changes.forEach(change -> shown.add(change.commit().toCompletableFuture()));
        registry.arrange(List.copyOf(next.keySet()));
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
