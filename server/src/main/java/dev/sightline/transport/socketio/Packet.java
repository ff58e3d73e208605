package dev.sightline.transport.socketio;

import dev.sightline.socketio.ConnectRefusedException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One packet of Socket.IO, protocol 5, with its attachments in place.
 *
 * @param namespace beginning with a slash
 * @param id of the requested or given acknowledgement
 * @param data a JSON value with {@code byte[]} anywhere in it; null if there is none
 */
record Packet(
        Type type,
        String namespace,
        OptionalLong id,
        @Nullable Object data) {
    /** The types, binary or not. */
    enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK,
        CONNECT_ERROR
    }

    static Packet connect(String namespace, String id) {
        return new Packet(Type.CONNECT, namespace, OptionalLong.empty(), Map.of("sid", id));
    }

    static Packet disconnect(String namespace) {
        return new Packet(Type.DISCONNECT, namespace, OptionalLong.empty(), null);
    }

    static Packet connectError(String namespace, ConnectRefusedException why) {
        String message = String.valueOf(why.getMessage());
        Map<String, ?> told =
                why.data().isEmpty() ? Map.of("message", message) : Map.of("message", message, "data", why.data());
        return new Packet(Type.CONNECT_ERROR, namespace, OptionalLong.empty(), told);
    }

    /** An event's name and arguments, or an acknowledgement's arguments. */
    List<?> items() {
        return data instanceof List<?> list ? list : List.of();
    }
}
