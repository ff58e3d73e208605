package dev.sightline.admin;

import dev.sightline.http.Need;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.OpenApi;
import dev.sightline.http.openapi.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Serves {@code /api/openapi.json}: every route that is described, by OpenAPI 3.1. */
final class ApiDocument {
    private static final String DESCRIPTION = """
            What Sightline tells of itself and what can be changed while it runs. Every GET answers HEAD too.

            **Who may do what.** Where the server asks for logins, send a cookie or `Authorization: Bearer TOKEN`: 401 means that \
            it is missing, 403 that a right is. Where it does not, every method but GET is accepted only from the computer that \
            the server runs on: from programs, and from the server's own pages under localhost or a numeric address.

            **Changes.** A change is judged as a whole: it is made, and frames show it when the answer comes, or nothing has \
            changed and the answer says why. With `keep=true` it is written into the configuration file. The `ETag` of a stream \
            is for `If-Match`, so that nobody undoes what somebody else has changed.

            **Answers.** Members that do not apply are left out; more may come, so ignore those that you do not know. Errors \
            are `application/problem+json` (RFC 9457).""";

    private static final Map<String, String> PARAMETERS = Map.of(
            "name", "the stream's name",
            "step", "the step's processor, or its number from 0",
            "id", "the viewer's id",
            "session", "the session, by the last part of its Location");

    private static final Map<Integer, String> EVERYWHERE = new TreeMap<>(Map.ofEntries(
            Map.entry(308, "The server speaks HTTPS, at Location."),
            Map.entry(400, "The request is malformed, or a value is wrong."),
            Map.entry(403, "Only this computer, or only pages of this server, may do this."),
            Map.entry(408, "The request took too long to arrive."),
            Map.entry(413, "The body is longer than this address takes."),
            Map.entry(414, "The address is too long."),
            Map.entry(417, "This expectation is not supported."),
            Map.entry(421, "The name in Host is none of the server's."),
            Map.entry(426, "The server speaks HTTPS."),
            Map.entry(429, "Your address has as many connections, or as much unfinished input, as it may have."),
            Map.entry(431, "The header is too long."),
            Map.entry(500, "Something went wrong in the server; its log says what."),
            Map.entry(503, "The server has as many connections, or as much unfinished input, as it may have."),
            Map.entry(505, "The server speaks HTTP/1.1.")));

    private final String version;
    private final Configuration configuration;

    ApiDocument(String version, Configuration configuration) {
        this.version = version;
        this.configuration = configuration;
    }

    /** Adds the address. What is described later is in the document too. */
    void addTo(Routes routes) {
        routes.get(
                "/api/openapi.json",
                Operation.of(Api.TAG, "readOpenApi", "this API, by OpenAPI 3.1")
                        .answers(Content.json(Map.of("type", "object"))),
                request -> Api.fresh(Response.json(document(routes, request.basePath()))));
        routes.needs("/api/openapi.json", Need.login());
    }

    private Map<String, Object> document(Routes routes, String base) {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("title", "Sightline");
        info.put("version", version);
        info.put("description", DESCRIPTION);
        return new OpenApi(info, PARAMETERS, EVERYWHERE, schemas()).document(routes.described(), base);
    }

    /** Those of a stream's settings, by their use. */
    private Map<String, Map<String, Object>> schemas() {
        Map<String, Object> settings = configuration.settingsSchema();
        Map<?, ?> properties = (Map<?, ?>) settings.getOrDefault("properties", Map.of());
        Map<String, Object> nullable = new LinkedHashMap<>();
        properties.forEach((key, schema) ->
                nullable.put(String.valueOf(key), Map.of("anyOf", List.of(schema, Map.of("type", "null")))));
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", Map.of("type", "string", "pattern", "^[A-Za-z0-9_-]{1,64}$"));
        properties.forEach((key, schema) -> named.put(String.valueOf(key), schema));
        return Map.of(
                ConfigurationOperations.SETTINGS, settings,
                ConfigurationOperations.PATCH, with(settings, nullable, List.of()),
                ConfigurationOperations.NEW, with(settings, named, List.of("name", "source")),
                ConfigurationOperations.STEPS, steps(properties));
    }

    private static Map<String, Object> with(
            Map<String, Object> settings, Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>(settings);
        schema.put("properties", properties);
        schema.put("required", new ArrayList<>(required));
        return schema;
    }

    /** As in the settings, but always a list. */
    private static Map<String, Object> steps(Map<?, ?> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        if (properties.get("process") instanceof Map<?, ?> process) {
            process.forEach((keyword, value) -> schema.put(String.valueOf(keyword), value));
        }
        return schema;
    }
}
