package dev.sightline.transport.socketio;

import dev.sightline.http.Headers;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client said when it came.
 *
 * @param auth what its program gave as {@code auth}; empty where it gave nothing
 * @param query values by name, of the request that opened the session
 * @param headers of that request
 * @param remoteAddress the other end of that request's connection
 */
public record Handshake(
        Map<String, @Nullable Object> auth,
        Map<String, List<String>> query,
        Headers headers,
        InetSocketAddress remoteAddress) {
    /** The first value of that name in the query. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** What the client chose under a name: in {@code auth}, else in the query. */
    Optional<String> choice(String name) {
        return auth(name).or(() -> query(name));
    }

    /** The text of that name in {@code auth}. */
    public Optional<String> auth(String name) {
        return auth.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
