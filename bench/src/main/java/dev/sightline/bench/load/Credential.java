package dev.sightline.bench.load;

import java.net.URI;
import java.net.http.HttpRequest;

/**
 * By what somebody proves who it is. It stands before the host of the address that it asks for, {@code ws://SECRET@host/live/…},
 * and is sent as a header field: a cookie if it has the form {@code NAME=VALUE}, else a token.
 */
public final class Credential {
    private Credential() {}

    /** The same address, asked for by somebody. */
    public static URI in(URI address, String secret) {
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return URI.create(address.getScheme() + "://" + secret + "@" + host(address) + address.getRawPath() + query);
    }

    /** The header fields that tell of the host and of who asks, each with its line's end. */
    public static String fields(URI address) {
        String secret = address.getRawUserInfo();
        String host = "Host: " + host(address) + "\r\n";
        if (secret == null) {
            return host;
        }
        return host + (secret.contains("=") ? "Cookie: " : "Authorization: Bearer ") + secret + "\r\n";
    }

    /** The request, with that of an address. */
    public static HttpRequest.Builder in(HttpRequest.Builder request, URI address) {
        fields(address)
                .lines()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .forEach(field -> request.header(field[0], field[1]));
        return request;
    }

    private static String host(URI address) {
        return address.getHost() + ":" + address.getPort();
    }
}
