package dev.sightline.http.connection;

import java.time.Duration;

/**
 * How long the server bears with the other side of a connection.
 *
 * @param pingEvery how often a WebSocket is pinged, and every long connection looked at
 * @param silent how long a WebSocket may leave a ping without answer while nothing waits for it: it is dead after that
 * @param stalled how long a connection may take nothing of what is sent to it
 * @param unproved how long a new connection may take until the head of its first request is there
 */
public record Timeouts(Duration pingEvery, Duration silent, Duration stalled, Duration unproved) {
    /** Outside of tests. */
    public static final Timeouts USUAL =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofSeconds(10));

    /** With the usual time for the first request. */
    public Timeouts(Duration pingEvery, Duration silent, Duration stalled) {
        this(pingEvery, silent, stalled, USUAL.unproved);
    }
}
