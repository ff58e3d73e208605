package dev.sightline.admin;

import dev.sightline.http.Cookies;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * The cookie in which a browser has its login. It is named after the port, since browsers give the cookies of one server to all
 * ports of its computer; and under TLS, its own or a proxy's, so that only this server can have set it.
 *
 * @param secure whether the server uses TLS
 * @param port the server's, known once it listens
 */
public record LoginCookie(boolean secure, IntSupplier port) {

    /**
     * Its name.
     *
     * @param forwardedHttps whether the browser speaks HTTPS to a trusted reverse proxy
     */
    public String name(boolean forwardedHttps) {
        return (secure || forwardedHttps ? "__Host-" : "") + "sightline-" + port.getAsInt();
    }

    /** The answer, with the login for the browser. */
    Response set(Request request, Response answer, String value, Duration age) {
        boolean forwarded = request.isForwardedHttps();
        return answer.withHeader("Set-Cookie", Cookies.set(name(forwarded), value, age, secure || forwarded));
    }

    /** The answer, after which the browser has no login. */
    Response remove(Request request, Response answer) {
        return set(request, answer, "", Duration.ZERO);
    }
}
