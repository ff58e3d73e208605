package dev.sightline.http.connection;

import java.time.Duration;

/**
 * How long the server waits for the other side of a connection.
 *
 * @param pingEvery how often a WebSocket is pinged, and every long connection checked
 * @param silent how long a WebSocket may leave a ping unanswered while nothing waits for it; then it counts as dead
 * @param stalled how long a connection may take nothing of what is sent to it
 * @param unproved how long a new connection may take until the head of its first request is there
 */
public record Timeouts(Duration pingEvery, Duration silent, Duration stalled, Duration unproved) {
    /** Used everywhere except in tests. */
    public static final Timeouts USUAL =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofSeconds(10));

    /** Uses the default time for the first request. */
    public Timeouts(Duration pingEvery, Duration silent, Duration stalled) {
        this(pingEvery, silent, stalled, USUAL.unproved);
    }
}
