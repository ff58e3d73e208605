package dev.sightline.transport.socketio.engine;

import java.util.Optional;

/** The packet types of Engine.IO, protocol 4. */
enum EnginePacket {
    OPEN('0'),
    CLOSE('1'),
    PING('2'),
    PONG('3'),
    MESSAGE('4'),
    UPGRADE('5'),
    NOOP('6');

    private static final EnginePacket[] ALL = values();

    private final char digit;

    EnginePacket(char digit) {
        this.digit = digit;
    }

    char digit() {
        return digit;
    }

    static Optional<EnginePacket> of(char digit) {
        int index = digit - OPEN.digit;
        return index >= 0 && index < ALL.length ? Optional.of(ALL[index]) : Optional.empty();
    }
}
