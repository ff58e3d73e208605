package dev.sightline.http;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.Excerpt;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One HTTP request, complete with its body; immutable but for the body's array.
 *
 * @param method in upper case; a HEAD request is handed to GET's handler as HEAD, and the body of the answer is left out
 * @param path decoded, without the query, beginning with a slash
 * @param parameters the decoded segments that stand where the route has {@code {name}}
 * @param query decoded values by name
 * @param headers the header fields
 * @param body empty where there is none; never longer than the route's limit
 * @param remoteAddress the other end of the connection
 * @param client whom limits for one address count: the other end, or whoever a trusted proxy names
 */
public record Request(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        Headers headers,
        byte[] body,
        InetSocketAddress remoteAddress,
        ClientAddress client) {

    /**
     * The path segment that stands where the route has {@code {name}}.
     *
     * @throws IllegalArgumentException if the route has no such segment
     */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}, only " + parameters.keySet());
        }
        return value;
    }

    /** The first value of that name in the query; an empty text where the name stands alone. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The first value of that name in the query, as a whole number.
     *
     * @param byDefault what holds where the name does not stand in the query
     * @throws ProblemException 400, if it is no whole number between {@code min} and {@code max}
     */
    public int query(String name, int byDefault, int min, int max) {
        Optional<String> value = query(name);
        if (value.isEmpty()) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProblemException(Problem.of(
                400,
                name + " is a whole number from " + min + " to " + max + ", not '" + Excerpt.of(value.get()) + "'"));
    }

    /** The first value of that name in the query as a list, with commas between its elements; none where it lacks. */
    public List<String> queryList(String name) {
        return query(name).map(CommaSeparated::of).orElse(List.of());
    }

    /** The first value of a header field. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body, read as JSON into a record or other type.
     *
     * @throws ProblemException 400, if it is not such JSON
     */
    public <T> T json(Class<T> type) {
        try {
            T value = Json.MAPPER.readValue(body, type);
            if (value != null) {
                return value;
            }
            throw new ProblemException(Problem.of(400, "the body is not the JSON expected here: it says null"));
        } catch (JacksonException e) {
            throw new ProblemException(Problem.of(400, "the body is not the JSON expected here: " + Json.place(e)));
        }
    }
}
