package dev.sightline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values made from JSON Schemas, and the same spoilt. The same random numbers make the same values. */
final class JsonSamples {
    /** What no surrogate pair contains; a JSON text can escape it, UTF-8 cannot hold it. */
    private static final String LONE_SURROGATE = "\\ud800";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "0",
            "0.1",
            "1e308",
            "1e99999",
            "12345678901234567890123456789",
            "\"\"",
            "\" \"",
            "\"5\"",
            "\"é漢😀\"",
            "\"a\\u0000b\\u001b[31m\\u202e\\r\\n\"",
            "\"" + LONE_SURROGATE + "\"",
            "{\"" + LONE_SURROGATE + "\": 1}",
            "\"${HOME} ${file:/etc/hostname}\"",
            "\"%s & <b> *x !!y # z: [\"",
            "\"" + "x".repeat(20_000) + "\"",
            "[]",
            "{}",
            "[null]",
            "[[\"flip\"]]",
            "{\"\": \"\"}",
            "{\"a\": 1, \"a\": 2}",
            "[".repeat(40) + "]".repeat(40),
            "{\"a\":".repeat(600) + "1" + "}".repeat(600));

    private final JsonNode document;
    private final Random random;
    private final Map<String, List<String>> words;

    /**
     * Samples of a document's schemas.
     *
     * @param words what texts of a name may be
     */
    JsonSamples(JsonNode document, Random random, Map<String, List<String>> words) {
        this.document = document;
        this.random = random;
        this.words = words;
    }

    /** What the schema allows, as far as it can tell. */
    JsonNode valid(String name, JsonNode schema) {
        if (schema.has("$ref")) {
            return valid(name, document.at(schema.path("$ref").asString().substring(1)));
        }
        if (schema.has("anyOf")) {
            List<JsonNode> fitting = schema.path("anyOf")
                    .valueStream()
                    .filter(each -> !schema.has("type") || schema.path("type").equals(each.path("type")))
                    .toList();
            return valid(name, any(fitting));
        }
        if (schema.has("enum")) {
            return any(schema.path("enum").valueStream().toList());
        }
        JsonNode types = schema.path("type");
        String type = types.isArray() ? any(types.valueStream().toList()).asString() : types.asString("string");
        return switch (type) {
            case "object" -> object(schema);
            case "array" -> array(name, schema.path("items"));
            case "integer" -> JSON.numberNode((long) number(schema));
            case "number" -> JSON.numberNode(number(schema));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> JSON.stringNode(word(name));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").forEachEntry((key, property) -> {
            boolean sent = !property.path("readOnly").asBoolean(false);
            if (sent && (required.contains(key) || random.nextInt(8) == 0)) {
                object.set(key, valid(key, property));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            object.set(word("process"), valid("parameters", schema.path("additionalProperties")));
        } else if (!schema.has("properties") && random.nextBoolean()) {
            object.set("text", JSON.stringNode(word("text")));
        }
        return object;
    }

    private ArrayNode array(String name, JsonNode items) {
        ArrayNode array = JSON.arrayNode();
        for (int left = random.nextInt(3); left > 0; left--) {
            array.add(valid(name, items));
        }
        return array;
    }

    private double number(JsonNode schema) {
        double min = schema.path("minimum").asDouble(0);
        double max = schema.path("maximum").asDouble(min + 10);
        return switch (random.nextInt(4)) {
            case 0 -> min;
            case 1 -> max;
            default -> min + random.nextInt(1_000) * (max - min) / 1_000;
        };
    }

    /** A text for a name. */
    String word(String name) {
        return any(words.getOrDefault(name, List.of("a", "b-1", "2s", "640x480")));
    }

    /** The text of a value with something odd in a random place. */
    String spoilt(JsonNode value) {
        String odd = any(ODD);
        if (value.isContainer() && !value.isEmpty() && random.nextInt(5) > 0) {
            JsonNode copy = value.deepCopy();
            String mark = "\"the place of " + random.nextInt() + "\"";
            spoil(copy, JSON.stringNode(mark.substring(1, mark.length() - 1)));
            return text(copy).replace(mark, odd);
        }
        return odd;
    }

    private void spoil(JsonNode container, JsonNode mark) {
        if (container instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>(object.propertyNames());
            String key = keys.isEmpty() || random.nextInt(5) == 0 ? "unknown" : any(keys);
            spoil(object.path(key), mark, () -> object.set(key, mark));
        } else if (container instanceof ArrayNode array) {
            int index = random.nextInt(array.size() + 1);
            spoil(array.path(index), mark, () -> {
                if (index < array.size()) {
                    array.set(index, mark);
                } else {
                    array.add(mark);
                }
            });
        }
    }

    private void spoil(JsonNode member, JsonNode mark, Runnable here) {
        if (member.isContainer() && random.nextBoolean()) {
            spoil(member, mark);
        } else {
            here.run();
        }
    }

    /** The text of a value. */
    static String text(JsonNode value) {
        return MAPPER.writeValueAsString(value);
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
