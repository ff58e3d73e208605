package dev.sightline.http;

import dev.sightline.http.limits.ClientAddress;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what a client proves who it is. A query string is never looked at: it stands in logs and histories.
 *
 * @param bearer a token, from {@code Authorization: Bearer}, a WebSocket's subprotocol {@code sightline.bearer.TOKEN}, or what a
 *     transport has in its place
 * @param cookies by name
 * @param forwardedHttps whether the client speaks HTTPS to a trusted reverse proxy
 * @param byStrangeProxy whether a reverse proxy that nobody has named passed the request on
 * @param client whom guesses count for
 */
public record Credentials(
        Optional<String> bearer,
        Map<String, String> cookies,
        boolean forwardedHttps,
        boolean byStrangeProxy,
        ClientAddress client) {
    /** Begins a subprotocol that is none, but brings a token: browsers let a page set no header of a WebSocket. */
    public static final String SUBPROTOCOL = "sightline.bearer.";

    private static final String SCHEME = "Bearer ";

    /** A token by itself. */
    public static Credentials bearer(String token, ClientAddress client) {
        return new Credentials(Optional.of(token), Map.of(), false, false, client);
    }

    /** Those of a request. */
    static Credentials of(HttpHeaders headers, boolean byStrangeProxy, ClientAddress client) {
        return new Credentials(
                bearer(headers),
                Cookies.of(headers.getAll(HttpHeaderNames.COOKIE)),
                Forwarding.isHttps(headers),
                byStrangeProxy,
                client);
    }

    private static Optional<String> bearer(HttpHeaders headers) {
        List<String> offered = CommaSeparated.of(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
        return Stream.concat(
                        headers.getAll(HttpHeaderNames.AUTHORIZATION).stream()
                                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                                .map(value -> value.substring(SCHEME.length()).strip()),
                        offered.stream()
                                .filter(name -> name.startsWith(SUBPROTOCOL))
                                .map(name -> name.substring(SUBPROTOCOL.length())))
                .findFirst();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Credentials[bearer=" + bearer.isPresent() + ", cookies=" + cookies.keySet() + "]";
    }
}
