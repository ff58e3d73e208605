package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import java.util.concurrent.Executor;

/** A live stream. */
public final class LiveStream implements AutoCloseable {
    private final String name;

    LiveStream(String name) {
        this.name = name;
    }

    /** The stream's name. */
    public String name() {
        return name;
    }

    /** What can be said of it now. */
    public StreamStatus status() {
        throw new IllegalStateException("being written");
    }

    /**
     * Adds a viewer.
     *
     * @param executor on which all calls to the subscriber are made, one at a time; usually the viewer's event loop
     * @throws RenditionLimitException if the stream encodes as many renditions as it may
     */
    public Subscription subscribe(Rendition rendition, Executor executor, Subscriber subscriber)
            throws RenditionLimitException {
        throw new IllegalStateException("being written");
    }

    /** Tells all threads of the stream to end, without waiting for them. */
    public void stopping() {}

    @Override
    public void close() {}
}
