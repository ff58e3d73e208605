package dev.sightline.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/** What pages of other origins may do (the Fetch standard, "CORS protocol"). */
record Cors(OriginPolicy origins) {
    /** The asterisk means nothing to a page that sends credentials: what WHIP and WHEP need is named. */
    private static final String EXPOSED = "Location, ETag, Link, Accept-Patch, Accept-Post, *";

    /** Whether the request comes from a page that may not use this server. */
    boolean forbids(HttpRequest request) {
        return foreign(request).isPresent();
    }

    /** What is said to a page whose origin is not allowed. */
    Problem forbidden(HttpRequest request) {
        return Problem.of(403, OriginPolicy.refusal(foreign(request).orElse(""), host(request)));
    }

    private Optional<String> foreign(HttpRequest request) {
        return origins.foreign(request.headers().getAll(HttpHeaderNames.ORIGIN), host(request));
    }

    private static String host(HttpRequest request) {
        return request.headers().get(HttpHeaderNames.HOST, "");
    }

    /** Lets an allowed page read the answer. */
    void permit(HttpRequest request, HttpHeaders answer) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return;
        }
        answer.add(HttpHeaderNames.VARY, "Origin");
        if (!forbids(request)) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            answer.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /** The answer to OPTIONS, which may be a page's question whether it may send another request. */
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
