package dev.sightline.admin;

import dev.sightline.auth.Login;
import dev.sightline.http.Cookies;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The cookies in which a browser has its login, and beside it what a share link gave it: a link takes nobody's login away. They
 * are named after the port, since browsers give the cookies of one server to all ports of its computer; and under TLS, its own or
 * a proxy's, so that only this server can have set them.
 *
 * @param secure whether the server uses TLS
 * @param port the server's, known once it listens
 */
public record LoginCookie(boolean secure, IntSupplier port) {
    private static final String OF_LOGIN = "";
    private static final String OF_SHARE = "-share";

    /**
     * What a browser has in them.
     *
     * @param cookies of a request, by name
     * @param forwardedHttps whether the browser speaks HTTPS to a trusted reverse proxy
     */
    public List<String> values(Map<String, String> cookies, boolean forwardedHttps) {
        return Stream.of(OF_LOGIN, OF_SHARE)
                .flatMap(what -> Stream.ofNullable(cookies.get(name(what, forwardedHttps))))
                .toList();
    }

    private String name(String what, boolean forwardedHttps) {
        return (secure || forwardedHttps ? "__Host-" : "") + "sightline-" + port.getAsInt() + what;
    }

    /** The answer, with the login for the browser. */
    Response set(Request request, Response answer, Login login) {
        return set(OF_LOGIN, request, answer, login.cookie(), login.age());
    }

    /** The answer, with what a share link gives. */
    Response setShare(Request request, Response answer, Login share) {
        return set(OF_SHARE, request, answer, share.cookie(), share.age());
    }

    /** The answer, after which the browser has no login; what a link gave ends at the server. */
    Response remove(Request request, Response answer) {
        return set(OF_LOGIN, request, answer, "", Duration.ZERO);
    }

    private Response set(String what, Request request, Response answer, String value, Duration age) {
        boolean forwarded = request.isForwardedHttps();
        return answer.withHeader("Set-Cookie", Cookies.set(name(what, forwarded), value, age, secure || forwarded));
    }
}
