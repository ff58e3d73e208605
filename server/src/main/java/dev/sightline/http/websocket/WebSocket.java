package dev.sightline.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/**
 * An open WebSocket (RFC 6455), server side. All calls are made on {@link #executor}; after its close, sending does nothing.
 *
 * <p>It is pinged, and closed if nothing comes back for a minute. A client that stops reading cannot answer, so it gets a
 * longer limit: it is closed after five minutes without reading.
 */
public interface WebSocket {

    /** The connection's event loop. */
    EventExecutor executor();

    /** The negotiated subprotocol, if any. */
    Optional<String> subprotocol();

    /** Sends one text message. */
    void text(String message);

    /** Sends one binary message; do not change the array afterwards. */
    void binary(byte[] message);

    /**
     * Sends one message made by {@link WebSocketFrames}; {@link WebSocketListener#onSent} reports when it was sent.
     *
     * @param frame owned by this call: released when it is sent or cannot be
     */
    void send(ByteBuf frame);

    /**
     * Limits messages from now on, in bytes, if that is less than the route's limit; a longer one closes the WebSocket with
     * 1009.
     *
     * @param why the reason given to clients that send more; empty if the number is enough
     */
    void limit(int bytes, String why);

    /**
     * Closes with a code and a reason (RFC 6455 section 7.4), once everything was sent; a reason longer than a close frame
     * holds is cut.
     */
    void close(int code, String reason);
}
