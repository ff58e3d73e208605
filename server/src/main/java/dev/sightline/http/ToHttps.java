package dev.sightline.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The answers to plain HTTP requests of a server with TLS. */
final class ToHttps {
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
    private static final Pattern VISIBLE = Pattern.compile("/[!-~]*");

    private ToHttps() {}

    /**
     * Redirects to the same place by HTTPS, without caching: tomorrow the server may be started without TLS. Methods other than
     * GET and HEAD were sent in plain text, and are refused.
     */
    static ProblemException answer(HttpRequest head) {
        Optional<String> location = location(head);
        if (location.isEmpty()) {
            return new ProblemException(Problem.of(400, "this server speaks HTTPS, and the Host field names no host"));
        }
        String instead = "this server speaks HTTPS: use " + location.get();
        boolean safe = head.method().equals(HttpMethod.GET) || head.method().equals(HttpMethod.HEAD);
        ProblemException answer = safe
                ? new ProblemException(Problem.of(308, instead)).withHeader("Location", location.get())
                : new ProblemException(Problem.of(426, instead)).withHeader("Upgrade", "TLS/1.2, HTTP/1.1");
        return answer.withHeader("Cache-Control", "no-store");
    }

    private static Optional<String> location(HttpRequest head) {
        String host = head.headers().get(HttpHeaderNames.HOST, "");
        if (!HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        // The port is the same; a Host field without one means plain HTTP's default.
        boolean said = host.lastIndexOf(':') > host.lastIndexOf(']');
        String path = VISIBLE.matcher(head.uri()).matches() ? head.uri() : "/";
        return Optional.of("https://" + host + (said ? "" : ":80") + path);
    }
}
