package dev.sightline.worker;

import java.time.Duration;

/** Who uses a worker. Called by the pool's one thread, which must not be held up. */
public interface Tenant {
    /**
     * A process is there, the first one or the next: everything it shall do must be said to it anew. {@link Link#onMessage} and
     * {@link Link#onEnd} must be called before this returns. Streams in quarantine shall not be opened.
     */
    void up(Link link);

    /** The process has died; another one follows, usually at once, unless it did one thing only. */
    void down(Death death);

    /**
     * A stream has killed the worker too often and must not be opened in it again until {@link #released}. Told after
     * {@link #down} and before the next {@link #up}.
     */
    default void quarantined(String stream, String reason, Duration atLeast) {}

    /** The stream may be opened again. */
    default void released(String stream) {}
}
