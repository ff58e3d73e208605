package dev.sightline.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cookies as RFC 6265 has them. */
public final class Cookies {
    private Cookies() {}

    /** Those of the Cookie header fields, by name; of one name the first counts. */
    static Map<String, String> of(List<String> fields) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String field : fields) {
            for (String pair : field.split(";", -1)) {
                int at = pair.indexOf('=');
                if (at > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, at).strip(),
                            pair.substring(at + 1).strip());
                }
            }
        }
        return cookies;
    }

    /**
     * The Set-Cookie header field of a cookie that no script reads, and that no page of another site sends along.
     *
     * @param value without semicolons; empty to remove it
     * @param age how long the browser keeps it
     * @param secure whether only connections with TLS bring it
     */
    public static String set(String name, String value, Duration age, boolean secure) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + age.toSeconds()
                + (secure ? "; Secure" : "");
    }
}
