package dev.sightline.transport.socketio.engine;

import java.time.Duration;

/**
 * What a session is told and held to.
 *
 * @param pingInterval how long after an answered ping the next one is sent
 * @param pingTimeout how long a ping may be left without answer
 * @param maxPayload bytes of one message with all that belongs to it, and of one POST
 * @param upgradeTimeout how long a WebSocket may take to replace long-polling
 * @param messageTimeout how long a message may take until all that belongs to it is there
 * @param maxSessionsPerAddress sessions of one client's address at the same time
 */
public record EngineSettings(
        Duration pingInterval,
        Duration pingTimeout,
        int maxPayload,
        Duration upgradeTimeout,
        Duration messageTimeout,
        int maxSessionsPerAddress) {
    /** Bytes that a client may send, one by one and in sum, before it is trusted with {@code maxPayload}. */
    static final int MOST_AT_FIRST = 64 * 1024;

    /** What the protocol's own server has, but for {@code maxPayload}: 25 s, 20 s, 16 MiB, 10 s; and 30 s, 256. */
    public static final EngineSettings DEFAULTS = new EngineSettings(
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            16 * 1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            256);

    /** The same with other times of pings. */
    public EngineSettings withPings(Duration interval, Duration timeout) {
        return new EngineSettings(interval, timeout, maxPayload, upgradeTimeout, messageTimeout, maxSessionsPerAddress);
    }

    /** The same with other most bytes. */
    public EngineSettings withMaxPayload(int bytes) {
        return new EngineSettings(
                pingInterval, pingTimeout, bytes, upgradeTimeout, messageTimeout, maxSessionsPerAddress);
    }

    /** The same with another time for a message. */
    public EngineSettings withMessageTimeout(Duration longest) {
        return new EngineSettings(
                pingInterval, pingTimeout, maxPayload, upgradeTimeout, longest, maxSessionsPerAddress);
    }

    /** The same with another number of sessions for one address. */
    public EngineSettings withMaxSessionsPerAddress(int most) {
        return new EngineSettings(pingInterval, pingTimeout, maxPayload, upgradeTimeout, messageTimeout, most);
    }

    /** Bytes of one message and of one POST before a client is trusted. */
    int mostAtFirst() {
        return Math.min(MOST_AT_FIRST, maxPayload);
    }
}
