package dev.sightline.transport.socketio.engine;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What polls are answered with that were on their way when their session ended, or went over to a WebSocket: a client
 * that asks in good faith hears the end of it once, and only its next request is told that there is no such session.
 * Bounded: the oldest are forgotten. Safe for use by any thread.
 */
final class LatePolls {
    private static final int MOST = 1_000;
    private static final long LATEST_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    // Guarded by this; in the order of their coming.
    private final Map<String, Awaited> awaited = new LinkedHashMap<>();

    LatePolls(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A poll of this session is on its way. */
    synchronized void expect(String session, Wire answer) {
        forgetOld();
        awaited.put(session, new Awaited(answer, nanoTime.getAsLong()));
    }

    /** The answer to a poll of this session, once. */
    synchronized Optional<Wire> answer(String session) {
        forgetOld();
        return Optional.ofNullable(awaited.remove(session)).map(Awaited::answer);
    }

    private void forgetOld() {
        long earliest = nanoTime.getAsLong() - LATEST_NANOS;
        Iterator<Awaited> oldest = awaited.values().iterator();
        while (oldest.hasNext() && (oldest.next().sinceNanos() - earliest < 0 || awaited.size() >= MOST)) {
            oldest.remove();
        }
    }

    private record Awaited(Wire answer, long sinceNanos) {}
}
