package dev.sightline.transport.socketio.engine;

import io.netty.buffer.ByteBuf;

/** Something a session sends of which only the newest counts. Used on the session's event loop. */
public interface Feed {
    /** What there is to send, as ready WebSocket frames to be given away. */
    ByteBuf frames();

    /** The newest there is to send, as packets of a long-polling payload; not to be changed. */
    byte[] payload();

    /** What was asked for last has gone: the next may be offered. */
    void gone();
}
