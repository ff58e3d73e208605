package dev.sightline.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/**
 * An open WebSocket (RFC 6455), server side. All calls are made on {@link #executor}; after its close, sending does
 * nothing.
 *
 * <p>It is pinged, and let go when nothing comes back for a minute. One who does not read what waits for him is not taken
 * for dead, but let go when he took nothing for five minutes.
 */
public interface WebSocket {

    /** The connection's event loop. */
    EventExecutor executor();

    /** The subprotocol agreed on, if any. */
    Optional<String> subprotocol();

    /** Sends one text message. */
    void text(String message);

    /** Sends one binary message; the array is not to be changed afterwards. */
    void binary(byte[] message);

    /**
     * Sends one message made by {@link WebSocketFrames}; {@link WebSocketListener#onSent} tells when it has gone.
     *
     * @param frame given away: released when it is sent or cannot be
     */
    void send(ByteBuf frame);

    /**
     * The longest message it takes from now on, in bytes, where that is less than its route takes; a longer one closes it
     * with 1009.
     *
     * @param why what those are told who send more; empty where the number says it all
     */
    void limit(int bytes, String why);

    /**
     * Closes with a code and a reason (RFC 6455 section 7.4), once everything sent has gone; a reason longer than a close
     * frame holds is cut.
     */
    void close(int code, String reason);
}
