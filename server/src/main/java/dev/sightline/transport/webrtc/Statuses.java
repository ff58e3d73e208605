package dev.sightline.transport.webrtc;

import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamStatus;
import java.util.Map;
import java.util.WeakHashMap;

/** How streams are doing: looked at anew four times a second, however many viewers ask. Used on the media thread. */
final class Statuses {
    private static final long FRESH_NANOS = 250_000_000L;

    private final Map<LiveStream, Seen> seen = new WeakHashMap<>();

    /** At most a quarter of a second old. */
    StreamStatus of(LiveStream stream, long nowNanos) {
        Seen known = seen.get(stream);
        if (known == null || nowNanos - known.nanos >= FRESH_NANOS) {
            known = new Seen(stream.status(), nowNanos);
            seen.put(stream, known);
        }
        return known.status;
    }

    private record Seen(StreamStatus status, long nanos) {}
}
