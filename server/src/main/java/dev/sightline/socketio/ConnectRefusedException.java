package dev.sightline.socketio;

import java.util.Map;

/** Refuses a client that wants to connect: it gets {@code connect_error} with this message and data. */
public final class ConnectRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Map<String, ?> data;

    /** Refuses with only a message. */
    public ConnectRefusedException(String message) {
        this(message, Map.of());
    }

    /** Refuses with a message and data, which the client finds in {@code error.data} unless it is empty. */
    public ConnectRefusedException(String message, Map<String, ?> data) {
        super(message, null, false, false);
        this.data = Map.copyOf(data);
    }

    /** What the client finds in {@code error.data}. */
    public Map<String, ?> data() {
        return data;
    }
}
