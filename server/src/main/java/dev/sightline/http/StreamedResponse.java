package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.EventExecutor;

/**
 * An answer given step by step: either one {@link #respond}, or {@link #begin}, any number of {@link #send} and {@link
 * #end}. All calls are made on {@link #executor}.
 */
public interface StreamedResponse {

    /** The connection's event loop. */
    EventExecutor executor();

    /** Answers completely, as an ordinary handler does. */
    void respond(Response response);

    /** Sends the status and header fields of an answer whose length nobody knows; the connection's end is its end. */
    void begin(int status, Headers headers);

    /**
     * Sends bytes of the body.
     *
     * @param bytes given away: released when they are sent, or could not be
     * @param whenSent is told when the kernel took the last byte, or that the connection is gone
     */
    void send(ByteBuf bytes, ChannelFutureListener whenSent);

    /** Ends the answer, and the connection with it, once everything sent has gone. */
    void end();

    /** Runs something when the connection has closed, whoever closed it; at once if it is closed already. */
    void onClose(Runnable action);
}
