package dev.sightline.socketio;

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
 * @param headers of that request, by names that know no upper and lower case
 * @param remoteAddress the other end of that request's connection
 */
public record Handshake(
        Map<String, @Nullable Object> auth,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        InetSocketAddress remoteAddress) {
    /** The first value of that name in the query. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a header field. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** What the client chose under a name: in {@code auth}, else in the query. */
    public Optional<String> choice(String name) {
        return auth(name).or(() -> query(name));
    }

    /** The text of that name in {@code auth}. */
    public Optional<String> auth(String name) {
        return auth.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
