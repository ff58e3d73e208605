package dev.sightline.pipeline;

import dev.sightline.pipeline.Pipeline.NamedProcessor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The processors that are being made now: one that never gets ready can be named. Safe for use by any thread. */
public final class Making {
    private static final Map<Thread, NamedProcessor> NOW = new ConcurrentHashMap<>();

    private Making() {}

    /** What a thread is making; empty if it makes no processor. */
    public static Optional<NamedProcessor> by(Thread thread) {
        return Optional.ofNullable(NOW.get(thread));
    }

    /** Makes something of a processor on this thread. */
    static <T> T of(NamedProcessor named, Supplier<T> make) {
        Thread here = Thread.currentThread();
        NOW.put(here, named);
        try {
            return make.get();
        } finally {
            NOW.remove(here);
        }
    }
}
