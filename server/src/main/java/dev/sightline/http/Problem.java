package dev.sightline.http;

import dev.sightline.http.limits.Excerpt;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong, as RFC 9457 says it: {@code type}, {@code title}, {@code status}, {@code detail} and further members.
 *
 * @param status the HTTP status code
 * @param detail what is wrong here and what to do, for people
 * @param more further members, for machines; not to be changed
 */
public record Problem(int status, String detail, Map<String, Object> more) {

    /** Copies the members, in their order. */
    public Problem {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** A problem without further members. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of());
    }

    /**
     * 404 for a name that nothing bears.
     *
     * @param what what was looked for, for example {@code stream}
     * @param nearest the names that may have been meant, nearest first
     */
    public static Problem unknown(String what, String name, Collection<String> nearest) {
        String hint = nearest.isEmpty() ? "" : "; did you mean '" + String.join("' or '", nearest) + "'?";
        return of(404, "there is no " + what + " '" + Excerpt.of(name) + "'" + hint)
                .with("nearest", nearest);
    }

    /** The same problem with one member more. */
    public Problem with(String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(member, value);
        return new Problem(status, detail, members);
    }

    /** The status code's phrase, for example {@code Not Found}. */
    public String title() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    /** All members as they stand in the answer. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title());
        members.put("status", status);
        members.put("detail", detail);
        members.putAll(more);
        return members;
    }
}
