package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;

/**
 * An answer given step by step: either one {@link #respond}, or {@link #begin}, any number of {@link #send} and {@link
 * #end}. All calls are made on {@link #executor}; after the connection's end they do nothing.
 */
public interface StreamedResponse {

    /** The connection's event loop. */
    EventExecutor executor();

    /** Answers completely, as an ordinary handler does. */
    void respond(Response response);

    /**
     * Sends the status and header fields of an answer whose length nobody knows: the connection's end is its end. A HEAD
     * request's answer ends with that.
     *
     * @param onSent runs each time the kernel has taken the last byte of what {@link #send} was given
     */
    void begin(int status, Headers headers, Runnable onSent);

    /** Sends bytes of the body; they are given away, and released when they are sent or cannot be. */
    void send(ByteBuf bytes);

    /** Ends the answer, and the connection with it, once everything sent has gone. */
    void end();

    /**
     * Runs something when the connection has closed, whoever closed it; at once if it is closed already. It does not run
     * any more once {@link #respond} was called: the connection then goes on without this answer.
     */
    void onClose(Runnable action);
}
