package dev.sightline.http;

import dev.sightline.refusal.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides which web pages of other origins may use this server, and by which names clients may reach it. Called on event loops. */
@FunctionalInterface
public interface OriginPolicy {

    /**
     * Whether pages of an origin are allowed.
     *
     * @param origin the Origin header field, for example {@code https://example.org:8443} or {@code null}
     * @param host the Host header field, for example {@code camera.local:8080}; empty if there is none
     */
    boolean allows(String origin, String host);

    /**
     * Whether this is a name of the server; any is by default.
     *
     * @param host the Host header field; empty if there is none
     * @param byLoopback whether the request came through a loopback address
     */
    default boolean isNamed(String host, boolean byLoopback) {
        return true;
    }

    /** Which pages may show frames without being able to read them. */
    default Embedding embedding() {
        return Embedding.ANY;
    }

    /** The sources that may frame this server's pages besides its own, as in a Content-Security-Policy. */
    default String frameSources() {
        return "";
    }

    /**
     * The first origin that is not allowed, of all that a request names: Python's WebSocket client sends its own besides the
     * one its program gives.
     */
    default Optional<String> foreign(List<String> origins, String host) {
        for (String origin : origins) {
            if (!allows(origin, host)) {
                return Optional.of(origin);
            }
        }
        return Optional.empty();
    }

    /** The answer to requests with a name that is not the server's own. */
    static String misnamed(String host) {
        String name = Excerpt.of(host.replaceFirst(":[0-9]*$", ""));
        return "this server does not go by the name '" + name
                + "', which any page could have point here; if it is one of yours,"
                + " name it in allowed-hosts; behind a reverse proxy " + passHostOn() + " and name that";
    }

    /**
     * The answer to a page that is not allowed: the two header fields that were compared, and what to change. The usual cause
     * is not a foreign page but a reverse proxy that puts its own Host into the request.
     *
     * @param origin the Origin header field
     * @param host the Host header field; empty if there is none
     */
    static String refusal(String origin, String host) {
        if (origin.equals("null")) {
            return "a page without an origin (Origin: null), from a file or a sandboxed frame, may not do this here;"
                    + " serve it over HTTP, or name null in allowed-origins";
        }
        if (origin.isEmpty()) {
            return "a page of another origin may not do this here; open it by itself, or name the page's origin in"
                    + " allowed-origins";
        }
        String page = Excerpt.of(origin);
        return "pages of '" + page + "' may not do this here: " + seen(page, Excerpt.of(host))
                + "; behind a reverse proxy " + passHostOn() + ","
                + " else name '" + page + "' in allowed-origins";
    }

    private static String passHostOn() {
        return "pass the browser's Host on (nginx: proxy_set_header Host $http_host;)";
    }

    private static String seen(String origin, String host) {
        if (host.isEmpty()) {
            return "the request has no Host header to compare its Origin with";
        }
        String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        String page = origin.replaceFirst("^[^:]*://", "").toLowerCase(Locale.ROOT);
        boolean onlyPort = page.equals(name) || page.startsWith(name + ":");
        return "the Host header is '" + host + "', which differs from the Origin"
                + (onlyPort ? " in its port ($host of nginx drops it)" : "");
    }
}
