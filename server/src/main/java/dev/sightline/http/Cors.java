package dev.sightline.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What pages of other origins may do, by the Fetch standard ("CORS protocol", "Cross-Origin-Resource-Policy header") and Fetch
 * Metadata Request Headers.
 *
 * @param secure whether the connections use TLS
 */
record Cors(OriginPolicy origins, boolean secure) {
    /** For a page that sends credentials the asterisk has no meaning, so the fields that WHIP and WHEP need are named. */
    private static final String EXPOSED = "Location, ETag, Link, Accept-Patch, Accept-Post, *";

    private static final String RESOURCE_POLICY = "Cross-Origin-Resource-Policy";

    private static final String SITE = "Sec-Fetch-Site";

    private static final Pattern LOOPBACK =
            Pattern.compile("(?:(?:[\\w-]+\\.)*localhost|127\\.[0-9.]+|\\[::1])(?::\\d+)?", Pattern.CASE_INSENSITIVE);

    /** Values of it when no other page is involved. */
    private static final Set<String> NOBODY_ELSE = Set.of("", "none", "same-origin");

    /**
     * Refuses what a page may not do.
     *
     * @param acts whether the request may change something, or opens a two-way connection
     * @throws ProblemException 421, if the request names the server by a name that is not its own; 403, if the page may not do
     *     this
     */
    void check(HttpRequest request, Sharing sharing, boolean acts, boolean byLoopback) {
        String host = host(request);
        Optional<String> page = acts ? foreign(senders(request), host) : barred(request, sharing);
        if (page.isPresent()) {
            throw new ProblemException(Problem.of(403, OriginPolicy.refusal(page.get(), host)));
        }
        checkName(host, byLoopback);
    }

    /**
     * Refuses a name that is not the server's.
     *
     * @throws ProblemException 421
     */
    void checkName(String host, boolean byLoopback) {
        if (!origins.isNamed(host, byLoopback)) {
            throw new ProblemException(Problem.of(421, OriginPolicy.misnamed(host)));
        }
    }

    /** The page that may not load the resource. */
    private Optional<String> barred(HttpRequest request, Sharing sharing) {
        boolean embeddable = sharing == Sharing.EMBEDDABLE;
        if (sharing == Sharing.PUBLIC || embeddable && origins.embedding() == Embedding.ANY) {
            return Optional.empty();
        }
        boolean none = embeddable && origins.embedding() == Embedding.NONE;
        return none && isShownElsewhere(request)
                ? Optional.of(referrer(request))
                : foreign(pages(request), host(request));
    }

    private Optional<String> foreign(List<String> pages, String host) {
        return origins.foreign(pages, host);
    }

    /** The origins of the page that sends a request, as given by its browser. */
    private static List<String> pages(HttpRequest request) {
        return isShownElsewhere(request) ? List.of(referrer(request)) : origin(request);
    }

    /**
     * The same for a request that acts. Nobody follows a link to act: also a navigation needs a page that may. An old browser sends
     * neither field with a form of its own; then the page it comes from counts, if it is named.
     */
    private static List<String> senders(HttpRequest request) {
        List<String> origin = origin(request);
        if (!origin.isEmpty()) {
            return origin;
        }
        String site = request.headers().get(SITE, "");
        boolean elsewhere = !NOBODY_ELSE.contains(site);
        boolean old = site.isEmpty() && request.headers().contains(HttpHeaderNames.REFERER);
        return elsewhere || old ? List.of(referrer(request)) : List.of();
    }

    private static List<String> origin(HttpRequest request) {
        return request.headers().getAll(HttpHeaderNames.ORIGIN);
    }

    /** Whether another page shows, runs or frames the answer, or discards it: then the request names no origin. */
    private static boolean isShownElsewhere(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return origin(request).isEmpty()
                && !NOBODY_ELSE.contains(headers.get(SITE, ""))
                && !headers.get("Sec-Fetch-Mode", "").equals("navigate");
    }

    /** The origin of the page that the browser came from; empty if the page does not reveal it. */
    private static String referrer(HttpRequest request) {
        try {
            URI page = new URI(request.headers().get(HttpHeaderNames.REFERER, ""));
            return page.getScheme() == null ? "" : page.getScheme() + "://" + page.getRawAuthority();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Whether a browser takes this server as a secure context: by TLS, or as one of its own computer. */
    boolean isTrustworthy(HttpRequest request) {
        return isSecure(request)
                || LOOPBACK.matcher(request.headers().get(HttpHeaderNames.HOST, ""))
                        .matches();
    }

    /** With its port, since a page of plain HTTP has another default port. */
    private String host(HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        boolean said = host.lastIndexOf(':') > host.lastIndexOf(']');
        return !isSecure(request) || host.isEmpty() || said ? host : host + ":443";
    }

    /** Whether the browser speaks TLS, to this server or to a proxy before it. */
    private boolean isSecure(HttpRequest request) {
        return secure || Forwarding.isHttps(request.headers());
    }

    /** Tells the browser which pages may show the answer, and lets an allowed one read it. */
    void permit(HttpRequest request, Sharing sharing, HttpHeaders answer) {
        embed(sharing, answer);
        List<String> origin = origin(request);
        if (origin.isEmpty()) {
            return;
        }
        answer.add(HttpHeaderNames.VARY, "Origin");
        if (foreign(origin, host(request)).isEmpty()) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get(0));
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            answer.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /** A handler may already have set the fields. */
    private void embed(Sharing sharing, HttpHeaders answer) {
        Embedding embedding = sharing == Sharing.EMBEDDABLE ? origins.embedding() : Embedding.NONE;
        if (!answer.contains(RESOURCE_POLICY)) {
            boolean shared = sharing == Sharing.PUBLIC || embedding != Embedding.NONE;
            answer.set(RESOURCE_POLICY, shared ? "cross-origin" : "same-origin");
        }
        if (sharing != Sharing.PUBLIC) {
            boolean closed = sharing == Sharing.EMBEDDABLE && embedding == Embedding.NONE;
            String frames = closed ? "'self'" : ("'self' " + origins.frameSources()).strip();
            answer.add(HttpHeaderNames.CONTENT_SECURITY_POLICY, "frame-ancestors " + frames);
        }
    }

    /** The answer to OPTIONS, which may be a CORS preflight request. */
    static Response options(HttpRequest request, List<String> methods, Headers more) {
        String allowed = String.join(", ", methods);
        Response answer = new Response(204, more, new byte[0]).withHeader("Allow", allowed);
        if (!request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
            return answer;
        }
        String headers = request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "");
        return answer.withHeader("Access-Control-Allow-Methods", allowed)
                .withHeader("Access-Control-Allow-Headers", headers)
                .withHeader("Access-Control-Max-Age", "600");
    }
}
