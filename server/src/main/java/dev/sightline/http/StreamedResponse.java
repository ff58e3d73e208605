package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;

/**
 * An answer given step by step: either one {@link #respond}, or {@link #begin}, any number of {@link #send} and {@link #end}.
 * All calls are made on {@link #executor}; after the connection's end they do nothing.
 */
public interface StreamedResponse {

    /** The connection's event loop. */
    EventExecutor executor();

    /** Answers completely, like an ordinary handler. */
    void respond(Response response);

    /**
     * Sends the status and header fields of an answer of unknown length: it ends with the connection. The answer to a HEAD
     * request ends here.
     *
     * @param onSent runs each time the kernel has taken the last byte passed to {@link #send}
     */
    void begin(int status, Headers headers, Runnable onSent);

    /** Sends bytes of the body and takes ownership of the buffer, which is released when it is sent or cannot be. */
    void send(ByteBuf bytes);

    /** Ends the answer and the connection, once everything was sent. */
    void end();

    /**
     * Runs an action when the connection has closed, on either side; at once if it is closed already. It does not run once
     * {@link #respond} was called, since the connection then outlives this answer.
     */
    void onClose(Runnable action);
}
