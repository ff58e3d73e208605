package dev.sightline.transport.socketio;

import java.time.Duration;

/**
 * What a session is told and held to.
 *
 * @param pingInterval how long after an answered ping the next one is sent
 * @param pingTimeout how long a ping may be left without answer
 * @param maxPayload bytes of one message with all that belongs to it, and of one POST
 * @param connectTimeout how long a session may be open without a namespace
 * @param upgradeTimeout how long a WebSocket may take to replace long-polling
 */
record EngineSettings(
        Duration pingInterval, Duration pingTimeout, int maxPayload, Duration connectTimeout, Duration upgradeTimeout) {
    static final EngineSettings DEFAULTS = new EngineSettings(
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            16 * 1024 * 1024,
            Duration.ofSeconds(45),
            Duration.ofSeconds(10));

    EngineSettings withPings(Duration interval, Duration timeout) {
        return new EngineSettings(interval, timeout, maxPayload, connectTimeout, upgradeTimeout);
    }

    EngineSettings withMaxPayload(int bytes) {
        return new EngineSettings(pingInterval, pingTimeout, bytes, connectTimeout, upgradeTimeout);
    }

    EngineSettings withConnectTimeout(Duration timeout) {
        return new EngineSettings(pingInterval, pingTimeout, maxPayload, timeout, upgradeTimeout);
    }
}
