package dev.sightline.transport.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The answers to polls that were on their way when their session ended or moved to a WebSocket: a correct client learns of the
 * end once, and only its next request is answered that there is no such session. Bounded: the oldest are removed. Safe for use
 * by any thread.
 */
final class LatePolls {
    private static final int MOST = 1_000;
    private static final long LATEST_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    /** In the order of their coming. */
    @GuardedBy("this")
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

    @GuardedBy("this")
    private void forgetOld() {
        long earliest = nanoTime.getAsLong() - LATEST_NANOS;
        Iterator<Awaited> oldest = awaited.values().iterator();
        while (oldest.hasNext() && (oldest.next().sinceNanos() - earliest < 0 || awaited.size() >= MOST)) {
            oldest.remove();
        }
    }

    private record Awaited(Wire answer, long sinceNanos) {}
}
