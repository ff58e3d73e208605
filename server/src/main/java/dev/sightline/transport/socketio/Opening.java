package dev.sightline.transport.socketio;

import dev.sightline.access.Access;
import dev.sightline.http.Headers;
import dev.sightline.http.Request;
import dev.sightline.socketio.Handshake;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a session stores of the request that opened it: the query, and header fields of interest to programs, up to a total
 * length.
 *
 * @param query values by name
 * @param headers without those that only describe the transport, and without what exceeds {@link #MOST} characters
 * @param remoteAddress the other end of its connection
 * @param access what its sender may do
 */
record Opening(Map<String, List<String>> query, Headers headers, InetSocketAddress remoteAddress, Access access) {
    /** Of all names and values; browsers send about a thousand without cookies. */
    static final int MOST = 8 * 1024;

    private static final Set<String> OF_THE_WAY = Set.of(
            "accept",
            "accept-encoding",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "pragma",
            "sec-websocket-extensions",
            "sec-websocket-key",
            "sec-websocket-version",
            "upgrade");

    static Opening of(Request request) {
        return new Opening(request.query(), kept(request.headers()), request.remoteAddress(), request.access());
    }

    /** The handshake of a client that connects to a namespace with this {@code auth}. */
    @SuppressWarnings("unchecked")
    Handshake handshake(@Nullable Object auth) {
        Map<String, @Nullable Object> said =
                auth instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
        return new Handshake(said, query, headers.asMap(), remoteAddress);
    }

    static Headers kept(Headers headers) {
        AtomicInteger room = new AtomicInteger(MOST);
        return headers.only((name, values) -> isKept(name, values, room));
    }

    private static boolean isKept(String name, List<String> values, AtomicInteger room) {
        int length = name.length() + values.stream().mapToInt(String::length).sum();
        boolean kept = !OF_THE_WAY.contains(name.toLowerCase(Locale.ROOT)) && length <= room.get();
        if (kept) {
            room.addAndGet(-length);
        }
        return kept;
    }
}
