package dev.sightline.transport.socketio.engine;

import java.time.Duration;

/**
 * The settings of sessions, also sent to clients.
 *
 * @param pingInterval from an answered ping to the next one
 * @param pingTimeout how long a ping may be left unanswered
 * @param maxPayload the most bytes of one message with its attachments, and of one POST
 * @param upgradeTimeout how long a WebSocket may take to replace long-polling
 * @param messageTimeout how long a message with its attachments may take to arrive
 * @param maxSessionsPerAddress sessions of one client address at the same time
 */
public record EngineSettings(
        Duration pingInterval,
        Duration pingTimeout,
        int maxPayload,
        Duration upgradeTimeout,
        Duration messageTimeout,
        int maxSessionsPerAddress) {
    /** The most bytes that a client may send, at once and in all, before it is trusted with {@code maxPayload}. */
    static final int MOST_AT_FIRST = 64 * 1024;

    /** The defaults of the protocol's own server, except for {@code maxPayload}: 25 s, 20 s, 16 MiB, 10 s; and 30 s, 256. */
    public static final EngineSettings DEFAULTS = new EngineSettings(
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            16 * 1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            256);

    /** The same with other ping times. */
    public EngineSettings withPings(Duration interval, Duration timeout) {
        return new EngineSettings(interval, timeout, maxPayload, upgradeTimeout, messageTimeout, maxSessionsPerAddress);
    }

    /** The same with another maximum payload. */
    public EngineSettings withMaxPayload(int bytes) {
        return new EngineSettings(
                pingInterval, pingTimeout, bytes, upgradeTimeout, messageTimeout, maxSessionsPerAddress);
    }

    /** The same with another time for a message. */
    public EngineSettings withMessageTimeout(Duration longest) {
        return new EngineSettings(
                pingInterval, pingTimeout, maxPayload, upgradeTimeout, longest, maxSessionsPerAddress);
    }

    /** The same with another number of sessions per address. */
    public EngineSettings withMaxSessionsPerAddress(int most) {
        return new EngineSettings(pingInterval, pingTimeout, maxPayload, upgradeTimeout, messageTimeout, most);
    }

    /** What a client is told of them when its session opens, as JSON. */
    String handshake(String session, String upgrades) {
        return "{\"sid\":\"" + session + "\",\"upgrades\":" + upgrades + ",\"pingInterval\":"
                + pingInterval.toMillis() + ",\"pingTimeout\":" + pingTimeout.toMillis() + ",\"maxPayload\":"
                + maxPayload + "}";
    }

    /** The most bytes of one message and of one POST before a client is trusted. */
    int mostAtFirst() {
        return Math.min(MOST_AT_FIRST, maxPayload);
    }
}
