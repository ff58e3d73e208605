package dev.sightline.socketio;

import java.time.Duration;

/**
 * A program's side of Socket.IO: handlers by namespace and event.
 *
 * <pre>{@code
 * Sightline.server().socketIo(io -> io.of("/")
 *         .onConnect(client -> client.emit("welcome", client.id()))
 *         .on("move", (client, arguments, ack) -> ack.send(turn(arguments.number(0).orElse(0)))));
 * }</pre>
 *
 * <p>The namespace {@code /} always exists, with or without handlers, because streams live in it. Clients of other namespaces
 * are refused unless {@link #of} has named them. Safe for use by any thread.
 */
public interface SocketIo {
    /**
     * A namespace that clients may connect to from now on.
     *
     * @param name begins with a slash; up to 256 characters, without a comma
     */
    Namespace of(String name);

    /** Sets how often clients are pinged and how long they may take to answer; 25 s and 20 s by default. */
    SocketIo pings(Duration interval, Duration timeout);

    /** Limits the bytes of one packet with its attachments, and of one POST; 16 MiB by default. */
    SocketIo maxPayload(int bytes);

    /** Sets how long a client may be silent before it connects to its first namespace; 45 s by default. */
    SocketIo connectTimeout(Duration timeout);
}
