package dev.sightline.socketio;

import java.time.Duration;

/**
 * What a program has to say to Socket.IO clients: handlers by namespace and event.
 *
 * <pre>{@code
 * Sightline.server().socketIo(io -> io.of("/")
 *         .onConnect(client -> client.emit("welcome", client.id()))
 *         .on("move", (client, arguments, ack) -> ack.send(turn(arguments.number(0).orElse(0)))));
 * }</pre>
 *
 * <p>The namespace {@code /} is always there, with or without handlers, because streams live in it; clients of others are
 * refused unless {@link #of} has named them. Safe for use by any thread.
 */
public interface SocketIo {
    /**
     * A namespace, which clients may connect to from now on.
     *
     * @param name beginning with a slash; of up to 256 characters, without a comma
     */
    Namespace of(String name);

    /** How often clients are asked whether they live, and how long they may take to answer; 25 and 20 s by default. */
    SocketIo pings(Duration interval, Duration timeout);

    /** Bytes that one packet may have, with its attachments, and one POST; 16 MiB by default. */
    SocketIo maxPayload(int bytes);

    /** How long a client may be silent before it connects to its first namespace; 45 s by default. */
    SocketIo connectTimeout(Duration timeout);
}
