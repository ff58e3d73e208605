package dev.sightline.transport.socketio.engine;

import io.netty.buffer.ByteBuf;

/** A source of data of which only the newest counts. Used on the session's event loop. */
public interface Feed {
    /** The data as ready WebSocket frames, which the caller owns. */
    ByteBuf frames();

    /** The newest data as packets of a long-polling payload; not to be changed. */
    byte[] payload();

    /** The last requested data was sent: the next may be offered. */
    void gone();
}
