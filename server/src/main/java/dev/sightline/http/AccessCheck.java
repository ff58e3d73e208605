package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.refusal.Excerpt;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds a request against what its route needs. Whoever has no login gets 401, or in a browser the login page; whoever may not
 * see a stream gets the 404 of one that does not exist; whoever may see it but not do this gets 403.
 */
record AccessCheck(AccessPolicy policy) {

    /**
     * Lets the request pass.
     *
     * @param parameters those of the path
     * @throws ProblemException otherwise
     */
    void check(HttpRequest head, Target target, Need need, Map<String, String> parameters, Access access) {
        if (need instanceof Need.Nothing) {
            return;
        }
        if (access.isOver() || !access.isLogin() && !access.isAdmin()) {
            throw policy.refusal().map(ProblemException::new).orElseGet(() -> unknown(head, target));
        }
        if (access.isAdmin()) {
            return; // sees all streams, so that the handler's own 404 tells nothing new
        }
        if (need instanceof Need.Admin) {
            throw forbidden("this needs the right 'admin'");
        }
        if (need instanceof Need.OfStream ofStream) {
            check(ofStream, ofStream.stream(parameters), target, access);
        }
    }

    /** An address of a program's own must not tell the name of the stream behind it. */
    private void check(Need.OfStream need, String stream, Target target, Access access) {
        policy.hidden(stream, access).ifPresent(hidden -> {
            throw need.fixed().isPresent() ? nothingAt(target) : new ProblemException(hidden);
        });
        if (!access.may(need.action(), stream)) {
            throw forbidden("this needs the right '" + need.action().word() + "' for stream '" + stream + "'");
        }
    }

    /** No route leads there, or none that the sender may know of. */
    static ProblemException nothingAt(Target target) {
        return new ProblemException(Problem.of(404, "there is nothing at " + Excerpt.of(target.path())));
    }

    /** The access has ended since the request began. */
    static ProblemException ended() {
        return new ProblemException(Problem.of(401, "the login has ended: log in again"))
                .withHeader("WWW-Authenticate", "Bearer");
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(Problem.of(403, detail));
    }

    private static ProblemException unknown(HttpRequest head, Target target) {
        String detail = "this needs a login, or a token in the header Authorization: Bearer TOKEN";
        boolean browses = head.method().equals(HttpMethod.GET)
                && head.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html")
                && !head.headers().contains(HttpHeaderNames.AUTHORIZATION);
        return browses
                ? new ProblemException(detail, Response.redirect(loginPage(head.uri(), target)))
                : new ProblemException(Problem.of(401, detail)).withHeader("WWW-Authenticate", "Bearer");
    }

    /** Relative, and without the base path, since a proxy may serve us below a folder of its own. */
    private static String loginPage(String uri, Target target) {
        int depth = target.segments().size() - (target.slashAtEnd() ? 0 : 1);
        String up = "../".repeat(Math.max(0, depth));
        return up + "login?to=" + encoded(page(uri, target));
    }

    private static String page(String uri, Target target) {
        String path = target.segments().stream().map(AccessCheck::encoded).collect(Collectors.joining("/"));
        int query = uri.indexOf('?');
        return path + (target.slashAtEnd() ? "/" : "") + (query < 0 ? "" : uri.substring(query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
