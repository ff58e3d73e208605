package dev.sightline.admin;

import dev.sightline.http.Cookies;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * The cookie in which a browser has its login. It is named after the port, since browsers give the cookies of one server to all
 * ports of its computer; and under TLS so that only this server can have set it.
 *
 * @param secure whether the server uses TLS
 * @param port the server's, known once it listens
 */
public record LoginCookie(boolean secure, IntSupplier port) {

    /** Its name. */
    public String name() {
        return (secure ? "__Host-" : "") + "sightline-" + port.getAsInt();
    }

    /** The answer, with the login for the browser. */
    Response set(Request request, Response answer, String value, Duration age) {
        return answer.withHeader("Set-Cookie", Cookies.set(name(), value, age, isSecure(request)));
    }

    /** The answer, after which the browser has no login. */
    Response remove(Request request, Response answer) {
        return set(request, answer, "", Duration.ZERO);
    }

    /** A proxy in front may use TLS; whoever only says so keeps its own cookie from itself. */
    private boolean isSecure(Request request) {
        return secure
                || request.header("X-Forwarded-Proto").filter("https"::equals).isPresent();
    }
}
