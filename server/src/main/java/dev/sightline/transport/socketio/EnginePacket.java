package dev.sightline.transport.socketio;

import java.util.Optional;

/** The packet types of Engine.IO, protocol 4, each written as its ordinal's digit. */
enum EnginePacket {
    OPEN,
    CLOSE,
    PING,
    PONG,
    MESSAGE,
    UPGRADE,
    NOOP;

    private static final EnginePacket[] ALL = values();

    char digit() {
        return (char) ('0' + ordinal());
    }

    static Optional<EnginePacket> of(char digit) {
        int index = digit - '0';
        return index >= 0 && index < ALL.length ? Optional.of(ALL[index]) : Optional.empty();
    }
}
