package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.source.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;

/** The live streams of this server by name, in the order of the configuration. Safe for use by any thread. */
public final class StreamRegistry implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, LiveStream> streams = new LinkedHashMap<>();

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sightline-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** A registry without streams. */
    public StreamRegistry() {}

    /**
     * Starts a stream; the registry closes it at its end.
     *
     * @param name for addresses: 1 to 64 letters, digits, dashes and underscores
     * @param pipeline belongs to the stream from now on
     * @param onDemand whether the source is open only while somebody watches, and 10 s longer
     * @throws IllegalArgumentException if the name cannot be one, or is taken
     */
    public synchronized LiveStream start(String name, Source source, Pipeline pipeline, boolean onDemand) {
        checkName(name);
        if (streams.containsKey(name)) {
            throw new IllegalArgumentException("there is a stream '" + name + "' already");
        }
        LiveStream stream = new LiveStream(name, source, pipeline, onDemand, watch);
        streams.put(name, stream);
        stream.start();
        return stream;
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

    /** The stream of that name. */
    public synchronized Optional<LiveStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** The first stream: what viewers get who name none. */
    public synchronized Optional<LiveStream> defaultStream() {
        return streams.values().stream().findFirst();
    }

    /** All streams, in order. */
    public synchronized Collection<LiveStream> all() {
        return List.copyOf(streams.values());
    }

    /** All names, in order. */
    public synchronized List<String> names() {
        return List.copyOf(streams.keySet());
    }

    /** Ends all streams; afterwards the registry is empty. */
    @Override
    public void close() {
        List<LiveStream> ending;
        synchronized (this) {
            ending = new ArrayList<>(streams.values());
            streams.clear();
        }
        ending.forEach(LiveStream::stopping);
        ending.forEach(LiveStream::close);
        watch.shutdown();
    }
}
