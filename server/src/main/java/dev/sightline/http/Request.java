package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.refusal.Excerpt;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One HTTP request with its complete body; immutable except for the body's array.
 *
 * @param method in upper case; GET's handler gets a HEAD request as HEAD, and the answer's body is left out
 * @param path decoded, without the query, beginning with a slash
 * @param parameters the decoded segments at the route's {@code {name}}s
 * @param query decoded values by name
 * @param headers the header fields
 * @param body empty if there is none; never longer than the route's limit
 * @param visitor who sends it
 */
public record Request(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        Headers headers,
        byte[] body,
        Visitor visitor) {

    /** A request to a server without logins. */
    public Request(
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, List<String>> query,
            Headers headers,
            byte[] body,
            InetSocketAddress remoteAddress,
            ClientAddress client) {
        this(method, path, parameters, query, headers, body, new Visitor(remoteAddress, client, Access.open()));
    }

    /** The other end of the connection. */
    public InetSocketAddress remoteAddress() {
        return visitor.remoteAddress();
    }

    /** The client for limits per address: the other end, or the one a trusted proxy names. */
    public ClientAddress client() {
        return visitor.client();
    }

    /** What its sender may do; the route's need is met already. */
    public Access access() {
        return visitor.access();
    }

    /**
     * The path segment at the route's {@code {name}}.
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

    /** The first value of a name in the query; an empty text if the name has no value. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The first value of a name in the query, as a whole number.
     *
     * @param byDefault the value if the query does not contain the name
     * @throws ProblemException 400, if it is not a whole number between {@code min} and {@code max}
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
            // reported below
        }
        throw new ProblemException(Problem.of(
                400,
                name + " is a whole number from " + min + " to " + max + ", not '" + Excerpt.of(value.get()) + "'"));
    }

    /** The first value of a name in the query as a comma-separated list; empty if it is missing. */
    public List<String> queryList(String name) {
        return query(name).map(CommaSeparated::of).orElse(List.of());
    }

    /** The first value of a header field. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The path below which its client sees this server, behind a reverse proxy: {@code /cams}; empty for a site of its own. */
    public String basePath() {
        return header(Forwarding.PREFIX).orElse("");
    }

    /** Whether its client speaks HTTPS to a trusted reverse proxy. */
    public boolean isForwardedHttps() {
        return header(Forwarding.PROTO).filter("https"::equals).isPresent();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body, parsed as JSON into a record or other type.
     *
     * @throws ProblemException 400, if it is not such JSON
     */
    public <T> T json(Class<T> type) {
        try {
            T value = Json.MAPPER.readValue(body, type);
            if (value != null) {
                return value;
            }
            throw new ProblemException(Problem.of(400, "the body is not the JSON expected here: it is null"));
        } catch (JacksonException e) {
            throw new ProblemException(Problem.of(400, "the body is not the JSON expected here: " + Json.place(e)));
        }
    }
}
