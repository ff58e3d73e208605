package dev.sightline.http;

import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error by RFC 9457: {@code type}, {@code title}, {@code status}, {@code detail} and further members.
 *
 * @param status the HTTP status code
 * @param detail what is wrong here and what to do, for people
 * @param more further members, for programs; not to be changed
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

    /** A refusal; where a name was wrong, {@code nearest} lists those that may have been meant. */
    public static Problem of(RefusedException refused) {
        Problem problem = of(refused.status(), refused.getMessage());
        return refused.reason() == Reason.UNKNOWN ? problem.with("nearest", refused.nearest()) : problem;
    }

    /** The same problem with one more member. */
    public Problem with(String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(member, value);
        return new Problem(status, detail, members);
    }

    /** The status code's phrase, for example {@code Not Found}. */
    public String title() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    /** All members of the answer. */
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
