package dev.sightline.transport.socketio.engine;

import java.time.Duration;

/**
 * What a session is told and held to.
 *
 * @param pingInterval how long after an answered ping the next one is sent
 * @param pingTimeout how long a ping may be left without answer
 * @param maxPayload bytes of one message with all that belongs to it, and of one POST
 * @param upgradeTimeout how long a WebSocket may take to replace long-polling
 */
public record EngineSettings(Duration pingInterval, Duration pingTimeout, int maxPayload, Duration upgradeTimeout) {
    /** What the protocol's own server has, but for {@code maxPayload}: 25 s, 20 s, 16 MiB, 10 s. */
    public static final EngineSettings DEFAULTS = new EngineSettings(
            Duration.ofSeconds(25), Duration.ofSeconds(20), 16 * 1024 * 1024, Duration.ofSeconds(10));

    /** The same with other times of pings. */
    public EngineSettings withPings(Duration interval, Duration timeout) {
        return new EngineSettings(interval, timeout, maxPayload, upgradeTimeout);
    }

    /** The same with other most bytes. */
    public EngineSettings withMaxPayload(int bytes) {
        return new EngineSettings(pingInterval, pingTimeout, bytes, upgradeTimeout);
    }
}
