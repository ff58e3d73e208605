package dev.sightline.http;

import dev.sightline.http.limits.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says which web pages of other origins may use this server, and by which names it may be asked for. Called on event loops.
 */
@FunctionalInterface
public interface OriginPolicy {

    /**
     * Whether pages of an origin are allowed.
     *
     * @param origin the Origin header field, for example {@code https://example.org:8443} or {@code null}
     * @param host the Host header field, for example {@code camera.local:8080}; empty where there is none
     */
    boolean allows(String origin, String host);

    /**
     * Whether the server may be asked for by this name; by any where nothing else is said.
     *
     * @param host the Host header field; empty where there is none
     * @param byLoopback whether the request came by a loopback address
     */
    default boolean isNamed(String host, boolean byLoopback) {
        return true;
    }

    /** Which pages may show pictures without being able to read them. */
    default Embedding embedding() {
        return Embedding.ANY;
    }

    /** The origins of pages that may do all, besides the server's own, as a page's Content-Security-Policy names them. */
    default String allowedSources() {
        return "";
    }

    /**
     * The first origin that is not allowed, of all that a request names: Python's WebSocket client sends its own beside the
     * one that its program gives.
     */
    default Optional<String> foreign(List<String> origins, String host) {
        return origins.stream().filter(origin -> !allows(origin, host)).findFirst();
    }

    /** What is said to who asks for the server by a name that is not its own. */
    static String misnamed(String host) {
        String name = Excerpt.of(host.replaceFirst(":[0-9]*$", ""));
        return "this server does not go by the name '" + name
                + "', which any page could have point here; if it is one of yours,"
                + " name it in allowed-hosts; behind a reverse proxy " + passHostOn() + " and name that";
    }

    /**
     * What a page that is not allowed is told: the two header fields that were compared, and what to change. The usual cause
     * is no foreign page but a reverse proxy that puts a Host of its own into the request.
     *
     * @param origin the Origin header field
     * @param host the Host header field; empty where there is none
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
