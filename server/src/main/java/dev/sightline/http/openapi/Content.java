package dev.sightline.http.openapi;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The content of a body.
 *
 * @param mediaTypes any of which it may have
 * @param schema makes its JSON Schema
 */
public record Content(List<String> mediaTypes, Function<RecordSchema, Map<String, Object>> schema) {
    private static final List<String> JSON = List.of("application/json");

    static final Content PROBLEM = ref("Problem").as("application/problem+json");

    /** A value of this type in JSON, for example a record. */
    public static Content json(Type type) {
        return new Content(JSON, schemas -> schemas.of(type));
    }

    /** A list of values of this type in JSON. */
    public static Content listOf(Type type) {
        return new Content(JSON, schemas -> Map.of("type", "array", "items", schemas.of(type)));
    }

    /** A value in JSON, described by a schema. */
    public static Content json(Map<String, Object> schema) {
        return new Content(JSON, schemas -> schema);
    }

    /** A value in JSON, described by a schema of the document's own. */
    public static Content ref(String schema) {
        return new Content(JSON, schemas -> RecordSchema.reference(schema));
    }

    /** Text of any of these media types. */
    public static Content text(String... mediaTypes) {
        return new Content(List.of(mediaTypes), schemas -> Map.of("type", "string"));
    }

    /** The same content with other media types. */
    public Content as(String... others) {
        return new Content(List.of(others), schema);
    }
}
