package dev.sightline.socketio;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent when it connected.
 *
 * @param auth what the client's program gave as {@code auth}; empty if it gave nothing
 * @param query values by name, from the request that opened the session
 * @param headers of that request; names ignore case
 * @param remoteAddress the other end of that request's connection
 */
public record Handshake(
        Map<String, @Nullable Object> auth,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        InetSocketAddress remoteAddress) {
    /** The first value of a name in the query. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a header field. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The client's value for a name: from {@code auth}, else from the query. */
    public Optional<String> choice(String name) {
        return auth(name).or(() -> query(name));
    }

    /** The value of a name in {@code auth}, if it is text. */
    public Optional<String> auth(String name) {
        return auth.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
