package dev.sightline.app.configuration;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Redaction;
import dev.sightline.config.Shorthand;
import dev.sightline.pipeline.ParameterSchema;
import dev.sightline.source.AddressMask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a stream as others may see them: the same keys as in the file, steps always as a list, secrets masked. What
 * comes back masked stands for what it masked.
 */
final class StreamSettings {
    private static final String PROCESS = "process";
    private static final String CLIENT_PROCESSORS = "client-processors";
    /** The keys whose values are steps. */
    static final List<String> STEP_KEYS = List.of(PROCESS, CLIENT_PROCESSORS);

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{0,9}[1-9])?");

    /** Each step is a name, or a name with its parameters, one of which may be {@code enabled}. */
    private static final Map<String, Object> STEPS = Map.of(
            "type",
            "array",
            "items",
            Map.of(
                    "type",
                    List.of("string", "object"),
                    "minProperties",
                    1,
                    "maxProperties",
                    1,
                    "additionalProperties",
                    Map.of(
                            "type",
                            List.of("object", "null"),
                            "properties",
                            Map.of("enabled", Map.of("type", "boolean", "default", true)))));

    private final Redaction redaction;

    StreamSettings(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The schema of the settings in JSON. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>(ParameterSchema.of(StreamConfig.class));
        Map<String, Map<String, Object>> properties =
                new LinkedHashMap<>((Map<String, Map<String, Object>>) schema.get("properties"));
        for (String steps : STEP_KEYS) {
            properties.computeIfPresent(steps, (key, node) -> {
                Map<String, Object> described = new LinkedHashMap<>(node);
                described.put("anyOf", List.of(Map.of("type", "string"), STEPS));
                return described;
            });
        }
        schema.put("properties", properties);
        return schema;
    }

    /** The settings for JSON. */
    @SuppressWarnings("unchecked")
    Map<String, Object> shown(Node stream) {
        return stream instanceof Node.Mapping ? (Map<String, Object>) shownValue(listed(stream)) : Map.of();
    }

    /** The stream with its steps as lists of a name each, or a name with its parameters. */
    static Node listed(Node stream) {
        if (!(stream instanceof Node.Mapping mapping)) {
            return stream;
        }
        Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
        for (String key : STEP_KEYS) {
            entries.computeIfPresent(
                    key, (same, steps) -> new Node.Sequence(Shorthand.steps(steps, new Problems()), steps.place()));
        }
        return new Node.Mapping(entries, mapping.keys(), mapping.place());
    }

    /** The steps that always run. */
    static List<Node> steps(Node stream) {
        return listed(stream) instanceof Node.Mapping mapping
                        && mapping.entries().get(PROCESS) instanceof Node.Sequence sequence
                ? sequence.items()
                : List.of();
    }

    /** The stream with other steps. */
    static Node withSteps(Node stream, List<Node> steps) {
        Map<String, Node> entries = new LinkedHashMap<>(((Node.Mapping) stream).entries());
        entries.put(PROCESS, new Node.Sequence(steps, stream.place()));
        return new Node.Mapping(entries, ((Node.Mapping) stream).keys(), stream.place());
    }

    /** What was given, with the present value wherever that was given back as it is shown. */
    Node unmasked(Node given, @Nullable Node present) {
        if (given instanceof Node.Scalar scalar
                && present instanceof Node.Scalar secret
                && scalar.text().equals(shown(secret))) {
            return present;
        }
        if (given instanceof Node.Mapping mapping) {
            Map<String, Node> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> entries.put(key, unmasked(value, below(present, key))));
            return new Node.Mapping(entries, mapping.keys(), mapping.place());
        }
        if (given instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                items.add(unmasked(item, counterpart(item, at(present, items.size()), present)));
            }
            return new Node.Sequence(items, sequence.place());
        }
        return given;
    }

    private static @Nullable Node below(@Nullable Node node, String key) {
        return node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
    }

    /** The present step of the same name, since steps may have moved; of other lists, the item in the same place. */
    private static @Nullable Node counterpart(Node item, @Nullable Node inPlace, @Nullable Node list) {
        Optional<String> name = item instanceof Node.Mapping ? nameOf(item) : Optional.empty();
        if (name.isEmpty()
                || !(list instanceof Node.Sequence steps)
                || inPlace != null && nameOf(inPlace).equals(name)) {
            return inPlace;
        }
        return steps.items().stream()
                .filter(step -> step instanceof Node.Mapping && nameOf(step).equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Node at(@Nullable Node node, int index) {
        return node instanceof Node.Sequence sequence
                        && index < sequence.items().size()
                ? sequence.items().get(index)
                : null;
    }

    private Object shownValue(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return typed(shown(scalar));
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> members = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> members.put(key, shownValue(value)));
            return members;
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(this::shownValue).toList();
        }
        return Map.of();
    }

    private String shown(Node.Scalar scalar) {
        return AddressMask.text(redaction.apply(scalar.shown()));
    }

    /** In a configuration all values are text; what reads as a number and is written back in the same way is one in JSON. */
    private static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (NUMBER.matcher(text).matches()) {
            Number number = text.indexOf('.') < 0 ? (Number) Long.valueOf(text) : Double.valueOf(text);
            return number.toString().equals(text) ? number : text;
        }
        return text;
    }

    /** The nodes of a JSON body. */
    static Node node(Map<String, Object> body) {
        return Nodes.of(body, Place.member(""));
    }

    /** The name of a step. */
    static Optional<String> nameOf(Node step) {
        if (step instanceof Node.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        return step instanceof Node.Mapping mapping && mapping.entries().size() == 1
                ? Optional.of(mapping.entries().keySet().iterator().next())
                : Optional.empty();
    }
}
