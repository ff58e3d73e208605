package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/**
 * An open WebSocket (RFC 6455), server side. All calls are made on {@link #executor}; after its close, sending does
 * nothing.
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
     * Sends one message that was framed before.
     *
     * @param frame given away: released when it is sent, or could not be
     * @param whenSent is told when the kernel took the last byte, or that the connection is gone
     */
    void send(ByteBuf frame, ChannelFutureListener whenSent);

    /** Makes the buffers for {@link #send}. */
    ByteBufAllocator allocator();

    /**
     * Closes with a code and a reason (RFC 6455 section 7.4), once everything sent has gone; a reason longer than a close
     * frame holds is cut.
     */
    void close(int code, String reason);
}
