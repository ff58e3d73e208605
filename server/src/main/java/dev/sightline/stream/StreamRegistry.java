package dev.sightline.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live streams of this server by name, in the order of the configuration. Safe for use by any thread. */
public final class StreamRegistry implements AutoCloseable {
    private final Map<String, LiveStream> streams = new LinkedHashMap<>();

    /** A registry without streams. */
    public StreamRegistry() {}

    /**
     * Takes a stream in; the registry closes it at its end.
     *
     * @throws IllegalArgumentException if there is one of that name already
     */
    public synchronized void add(LiveStream stream) {
        if (streams.putIfAbsent(stream.name(), stream) != null) {
            throw new IllegalArgumentException("there is a stream '" + stream.name() + "' already");
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
    }
}
