package dev.sightline.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/**
 * What every answer tells a browser besides its content, unless its handler has said otherwise: not to guess types, not to keep it,
 * not to tell other sites its address, and what a document may do. Who may show an answer is told by {@link Cors}.
 */
final class SecurityHeaders {
    /** A drawing that is opened by itself is a page, which could have scripts. */
    private static final String DRAWING = "default-src 'none'; style-src 'unsafe-inline'";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "strict-origin",
            "Cache-Control", "no-store");

    /** The camera is for the pages of this origin, not for frames in them; other devices are for nobody. */
    private static final String PERMISSIONS = "camera=(self), microphone=(self), display-capture=(self),"
            + " bluetooth=(), geolocation=(), hid=(), midi=(), payment=(), serial=(), usb=()";

    private SecurityHeaders() {}

    /**
     * Adds what is missing.
     *
     * @param trustworthy whether the browser sees TLS or its own computer: elsewhere it ignores some fields, with a warning
     */
    static void complete(HttpHeaders answer, boolean trustworthy) {
        ALWAYS.forEach((name, value) -> addMissing(answer, name, value));
        String type = answer.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (type.startsWith("text/html")) {
            addMissing(answer, "Permissions-Policy", PERMISSIONS);
            if (trustworthy) {
                addMissing(answer, "Cross-Origin-Opener-Policy", "same-origin");
            }
        } else if (type.startsWith("image/svg+xml")) {
            addMissing(answer, HttpHeaderNames.CONTENT_SECURITY_POLICY.toString(), DRAWING);
        }
    }

    private static void addMissing(HttpHeaders answer, String name, String value) {
        if (!answer.contains(name)) {
            answer.set(name, value);
        }
    }
}
