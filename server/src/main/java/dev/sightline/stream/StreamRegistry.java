package dev.sightline.stream;

import dev.sightline.config.Nearest;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.source.Source;
import dev.sightline.stream.LiveStream.Activation;
import dev.sightline.stream.status.StreamStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The live streams and mirrors of this server by name, in the order of the configuration. Safe for use by any thread. */
public final class StreamRegistry implements AutoCloseable {
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1," + LONGEST_NAME + "}");

    /** All threads of all streams have so long to come to their end. */
    private static final long LONGEST_END_NANOS = 2_500_000_000L;

    /** Live streams and mirrors in the order of the configuration. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private final StreamTime time;

    /** A registry without streams. */
    public StreamRegistry() {
        this(StreamTime.system());
    }

    /** For tests: another time than that of the process. */
    StreamRegistry(StreamTime time) {
        this.time = time;
    }

    /**
     * Starts a stream; the registry closes it at its end.
     *
     * @param name for addresses: 1 to 64 letters, digits, dashes and underscores
     * @param pipeline belongs to the stream from now on
     * @param onDemand whether the source is open only while somebody watches, and 10 s longer
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized LiveStream start(String name, Source source, Pipeline pipeline, boolean onDemand) {
        requireFree(name);
        return started(new LiveStream(
                name,
                target -> new SourceLoop(target, source),
                pipeline,
                onDemand ? Activation.ON_DEMAND : Activation.ALWAYS,
                time,
                closed -> {}));
    }

    /**
     * Starts a stream whose pictures a {@link Publisher} sends.
     *
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized LiveStream startPublished(String name, PipelineRecipe recipe) {
        requireFree(name);
        String invitation = ": open /publish/" + name;
        return started(new LiveStream(
                name,
                target -> new PublisherIntake(target, "publish:", invitation, recipe, () -> {}),
                recipe.create(name),
                Activation.ALWAYS,
                time,
                closed -> {}));
    }

    /**
     * Starts a mirror.
     *
     * @param maxSessions how many may send at the same time, at least 1
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized Mirror startMirror(String name, PipelineRecipe recipe, int maxSessions) {
        requireFree(name);
        Mirror mirror = new Mirror(name, recipe, maxSessions, time);
        entries.put(name, new Entry(Optional.empty(), Optional.of(mirror)));
        return mirror;
    }

    /**
     * Refuses what cannot stand in an address.
     *
     * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, dashes and underscores
     */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name a stream: use 1 to 64 letters, digits, dashes and underscores");
        }
    }

    /** The stream of that name; empty also for a mirror, which is not watched. */
    public synchronized Optional<LiveStream> find(String name) {
        return entry(name).flatMap(Entry::stream);
    }

    /** The mirror of that name. */
    public synchronized Optional<Mirror> mirror(String name) {
        return entry(name).flatMap(Entry::mirror);
    }

    /** The first stream that can be watched: what viewers get who name none. */
    public synchronized Optional<LiveStream> defaultStream() {
        return all().stream().findFirst();
    }

    /** All streams that can be watched, in order. */
    public synchronized Collection<LiveStream> all() {
        return entries.values().stream()
                .flatMap(entry -> entry.stream().stream())
                .toList();
    }

    /** How every stream and mirror is doing, in order. */
    public List<StreamStatus> statuses() {
        return entries().stream().map(Entry::status).toList();
    }

    /** How the stream or mirror of that name is doing. */
    public Optional<StreamStatus> status(String name) {
        return entry(name).map(Entry::status);
    }

    /** All names, mirrors' among them, in order. */
    public synchronized List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** The names that somebody most likely meant by one that no stream has; none for what is too long for a name. */
    public List<String> nearest(String name) {
        return name.length() > LONGEST_NAME
                ? List.of()
                : Nearest.to(name, names()).stream().toList();
    }

    /** All streams end soon, and connections perhaps before them: viewers are given what is to stay on their screens. */
    public void farewell() {
        all().forEach(LiveStream::farewell);
    }

    /** Ends all streams; afterwards the registry is empty. */
    @Override
    public void close() {
        List<Entry> ending = entries();
        synchronized (this) {
            entries.clear();
        }
        ending.forEach(Entry::close);
        long deadline = System.nanoTime() + LONGEST_END_NANOS;
        ending.forEach(entry -> entry.awaitEnd(deadline));
        time.watch().shutdown();
    }

    private void requireFree(String name) {
        checkName(name);
        if (entries.containsKey(name)) {
            throw new IllegalArgumentException("there is a stream '" + name + "' already");
        }
    }

    private LiveStream started(LiveStream stream) {
        entries.put(stream.name(), new Entry(Optional.of(stream), Optional.empty()));
        stream.start();
        return stream;
    }

    private synchronized Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    private synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** What a name stands for: the one or the other. */
    private record Entry(Optional<LiveStream> stream, Optional<Mirror> mirror) {
        StreamStatus status() {
            return stream.map(LiveStream::status)
                    .or(() -> mirror.map(Mirror::status))
                    .orElseThrow();
        }

        void close() {
            stream.ifPresent(LiveStream::close);
            mirror.ifPresent(Mirror::close);
        }

        void awaitEnd(long deadlineNanos) {
            stream.ifPresent(one -> one.awaitEnd(deadlineNanos));
            mirror.ifPresent(one -> one.awaitEnd(deadlineNanos));
        }
    }
}
